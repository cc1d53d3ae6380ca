// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Hex and base32 of whole words, 16 or 20 bytes at a time: the bits are spread over the 32 byte lanes of one word and all
/// lanes are turned into characters at once. No assembly, no loops. `test/Encode.t.sol` holds the plain loop it must equal.
library Encode {
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;

    /// Lower-case hex of 32 bytes, as two words of 32 characters.
    function hex32(bytes32 word) internal pure returns (bytes32 high, bytes32 low) {
        high = hex16(uint256(word) >> 128);
        low = hex16(uint256(word) & type(uint128).max);
    }

    /// Lower-case hex of an address, 40 characters.
    function hex20(address account) internal pure returns (bytes32 high, bytes8 low) {
        uint256 bits = uint256(uint160(account));
        high = hex16(bits >> 32);
        low = bytes8(hex16((bits & type(uint32).max) << 96));
    }

    /// CIDv1 text of a sha-256 multihash: multibase `b` and the lower-case base32 of 0x01, codec, 0x12, 0x20, digest.
    /// 36 bytes are 288 bits, 58 characters with two zero bits at the end.
    function cid(uint8 codec, bytes32 digest) internal pure returns (bytes memory) {
        uint256 head = (0x01 << 152) | (uint256(codec) << 144) | (0x1220 << 128) | (uint256(digest) >> 128);
        uint256 tail = uint256(digest) << 128 >> 96;
        return abi.encodePacked("b", base32x32(head), bytes26(base32x32(tail)));
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
