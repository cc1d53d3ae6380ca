// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LibBit} from "solady/utils/LibBit.sol";

/// Hex, base32 and decimal of whole words, 16 or 20 bytes at a time: the bits are spread over the 32 byte lanes of one word and all
/// lanes are turned into characters at once, without loops. `test/Encode.t.sol` holds the plain loop it must equal.
library Encode {
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;

    uint256 private constant EVERY_64_BITS = 0x0000000000000001000000000000000100000000000000010000000000000001;

    /// Lower-case hex of 32 bytes, as two words of 32 characters.
    function hex32(bytes32 word) internal pure returns (bytes32 high, bytes32 low) {
        high = hex16(uint256(word) >> 128);
        low = hex16(uint256(word) & type(uint128).max);
    }

    /// Lower-case hex of an address, 40 characters: 32 and 8.
    function hex20(address account) internal pure returns (bytes32 high, bytes32 low) {
        uint256 bits = uint256(uint160(account));
        high = hex16(bits >> 32);
        low = hex16((bits & type(uint32).max) << 96);
    }

    /// Decimal digits of a uint64 without leading zeros, left-aligned, and how many there are. 20 digits are split into four lanes
    /// of eight, those into lanes of 4, 2 and 1 digit. A division by 10^n in all lanes is one multiplication by a rounded-up
    /// reciprocal, exact for every value that fits a lane.
    function decimal(uint64 value) internal pure returns (bytes32 digits, uint256 size) {
        unchecked {
            uint256 low = uint256(value) % 1e16;
            uint256 x = (uint256(value) / 1e16 << 128) | (low / 1e8 << 64) | (low % 1e8);
            uint256 q = (x * 109951163 >> 40) & (EVERY_64_BITS * 0x3fff);
            x += q * ((1 << 32) - 10_000);
            q = (x * 5243 >> 19) & (EVERY_64_BITS * 0x0000007f0000007f);
            x += q * ((1 << 16) - 100);
            q = (x * 103 >> 10) & (EVERY_64_BITS * 0x000f000f000f000f);
            x += q * ((1 << 8) - 10);
            size = x == 0 ? 1 : 32 - LibBit.clz(x) / 8;
            digits = bytes32((x | ONES * 0x30) << ((32 - size) * 8));
        }
    }

    /// The 58 characters that follow the `b` of a CIDv1 with a sha-256 multihash: base32 of 0x01, codec, 0x12, 0x20 and the digest,
    /// 36 bytes, that is 288 bits and two zero bits at the end. 32 characters and 26.
    function cid58(uint8 codec, bytes32 digest) internal pure returns (bytes32 first, bytes32 last) {
        uint256 head = (0x01 << 152) | (uint256(codec) << 144) | (0x1220 << 128) | (uint256(digest) >> 128);
        uint256 tail = uint256(digest) << 128 >> 96;
        return (base32x32(head), base32x32(tail));
    }

    /// The whole text of such a CID, 59 characters.
    function cid(uint8 codec, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 first, bytes32 last) = cid58(codec, digest);
        return abi.encodePacked("b", first, bytes26(last));
    }

    /// 32 hex characters of the low 128 bits.
    function hex16(uint256 x) internal pure returns (bytes32) {
        unchecked {
            // Halve the lanes until each holds one hex digit: 64, 32, 16, 8, 4 bits.
            x = (x | (x << 64)) & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
            x = (x | (x << 32)) & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
            x = (x | (x << 16)) & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
            x = (x | (x << 8)) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
            x = (x | (x << 4)) & 0x0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f;
            // 0-9 are '0' + n; 10-15 skip the 39 characters between '9' and 'a'.
            uint256 letters = ((x + ONES * 6) >> 4) & ONES;
            return bytes32(x + ONES * 0x30 + letters * 39);
        }
    }

    /// 32 base32 characters of the low 160 bits.
    function base32x32(uint256 x) internal pure returns (bytes32) {
        unchecked {
            // 160 bits: two lanes of 80, four of 40, eight of 20, sixteen of 10, thirty-two of 5.
            x = (x & 0xffffffffffffffffffff) | (x >> 80 << 128);
            x = (x & 0x0000000000000000000000ffffffffff0000000000000000000000ffffffffff)
                | ((x & 0x000000000000ffffffffff0000000000000000000000ffffffffff0000000000) << 24);
            x = (x & 0x00000000000fffff00000000000fffff00000000000fffff00000000000fffff)
                | ((x & 0x000000fffff00000000000fffff00000000000fffff00000000000fffff00000) << 12);
            x = (x & 0x000003ff000003ff000003ff000003ff000003ff000003ff000003ff000003ff)
                | ((x & 0x000ffc00000ffc00000ffc00000ffc00000ffc00000ffc00000ffc00000ffc00) << 6);
            x = (x & 0x001f001f001f001f001f001f001f001f001f001f001f001f001f001f001f001f)
                | ((x & 0x03e003e003e003e003e003e003e003e003e003e003e003e003e003e003e003e0) << 3);
            // 0-25 are 'a' + n; 26-31 are '2' + n - 26, which lies 73 below.
            uint256 digits = ((x + ONES * 6) >> 5) & ONES;
            return bytes32(x + ONES * 0x61 - digits * 73);
        }
    }
}
