// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {End} from "./Text.sol";

/// Hex, base32 and decimal of whole words: the bits are spread over the 32 byte lanes of one word and all lanes are turned into
/// characters at once. `test/Encode.t.sol` holds the plain loops it must equal. A mask is written as a division or a product, which
/// is what the compiler makes of the literal anyway.
library Encode {
    /// Appends the lower-case hex of 16 to 32 bytes: 32 characters of the first 16 bytes and 32 of the last 16, which may overlap.
    /// @param bits how many bits `word` has, 128 to 256
    function hexOf(End end, uint256 word, uint256 bits) internal pure returns (End next) {
        assembly {
            // Halve the lanes until each holds one hex digit: 64, 32, 16, 8, 4 bits.
            let a := shr(sub(bits, 128), word)
            let b := shr(128, shl(128, word))
            let mask := div(not(0), 0x10000000000000001)
            let c := and(or(a, shl(64, a)), mask)
            let d := and(or(b, shl(64, b)), mask)
            mask := div(not(0), 0x100000001)
            a := and(or(c, shl(32, c)), mask)
            b := and(or(d, shl(32, d)), mask)
            mask := div(not(0), 0x10001)
            c := and(or(a, shl(16, a)), mask)
            d := and(or(b, shl(16, b)), mask)
            mask := div(not(0), 0x101)
            a := and(or(c, shl(8, c)), mask)
            b := and(or(d, shl(8, d)), mask)
            let ones := div(not(0), 0xff)
            mask := mul(ones, 0x0f)
            c := and(or(a, shl(4, a)), mask)
            d := and(or(b, shl(4, b)), mask)
            // 0-9 are '0' + n; 10-15 skip the 39 characters between '9' and 'a'.
            let sixes := mul(ones, 6)
            mask := mul(ones, 0x30)
            mstore(end, add(add(c, mask), mul(and(shr(4, add(c, sixes)), ones), 39)))
            next := add(end, shr(2, bits))
            mstore(sub(next, 0x20), add(add(d, mask), mul(and(shr(4, add(d, sixes)), ones), 39)))
        }
    }

    /// Decimal digits of a uint64 without leading zeros, left-aligned, and in the last byte how many there are. 20 digits are split into lanes of
    /// eight, those into lanes of 4, 2 and 1 digit. A division by 10^n in all lanes is one multiplication by a rounded-up
    /// reciprocal, exact for every value that fits a lane.
    function decimal(uint64 value) internal pure returns (bytes32 digits) {
        assembly {
            value := and(value, 0xffffffffffffffff) // Solidity may leave the upper bits dirty
            let every64 := 1
            let x := value
            if gt(value, 99999999) {
                every64 := 0x100000000000000010000000000000001
                let high := div(value, 10000000000000000)
                let low := sub(value, mul(high, 10000000000000000))
                let middle := div(low, 100000000)
                x := or(or(shl(128, high), shl(64, middle)), sub(low, mul(middle, 100000000)))
            }
            let q := and(shr(40, mul(x, 109951163)), mul(every64, 0x3fff))
            x := add(x, mul(q, sub(shl(32, 1), 10000)))
            q := and(shr(19, mul(x, 5243)), mul(every64, 0x7f0000007f))
            x := add(x, mul(q, sub(shl(16, 1), 100)))
            q := and(shr(10, mul(x, 103)), mul(every64, 0xf000f000f000f))
            x := add(x, mul(q, sub(shl(8, 1), 10)))
            // How many bytes down from the first that is not zero: by halves.
            let bits := shl(7, gt(x, 0xffffffffffffffffffffffffffffffff))
            bits := or(bits, shl(6, gt(shr(bits, x), 0xffffffffffffffff)))
            bits := or(bits, shl(5, gt(shr(bits, x), 0xffffffff)))
            bits := or(bits, shl(4, gt(shr(bits, x), 0xffff)))
            bits := or(bits, shl(3, gt(shr(bits, x), 0xff)))
            digits := or(shl(sub(248, bits), or(x, mul(div(not(0), 0xff), 0x30))), add(1, shr(3, bits)))
        }
    }

    /// The 58 characters that follow the `b` of a CIDv1 with a sha-256 multihash: base32 of 0x01, codec, 0x12, 0x20 and the digest,
    /// 36 bytes, that is 288 bits and two zero bits at the end. 32 characters and 26.
    function cid58(uint8 codec, bytes32 digest) internal pure returns (bytes32 head, bytes32 tail) {
        assembly {
            // 160 bits each: two lanes of 80, four of 40, eight of 20, sixteen of 10, thirty-two of 5.
            head := or(or(shl(152, 1), shl(144, and(codec, 0xff))), or(shl(128, 0x1220), shr(128, digest)))
            tail := shr(96, shl(128, digest))
            head := or(and(head, 0xffffffffffffffffffff), shl(128, shr(80, head)))
            tail := or(and(tail, 0xffffffffffffffffffff), shl(128, shr(80, tail)))
            // The upper half of each lane moves up by n bits: x + upper * (2^n - 1).
            let upper := mul(0xffffffffff0000000000, 0x100000000000000000000000000000001)
            head := add(head, mul(and(head, upper), 0xffffff))
            tail := add(tail, mul(and(tail, upper), 0xffffff))
            upper := mul(0xfffff00000, div(not(0), 0xffffffffffffffff))
            head := add(head, mul(and(head, upper), 0xfff))
            tail := add(tail, mul(and(tail, upper), 0xfff))
            upper := mul(0xffc00, div(not(0), 0xffffffff))
            head := add(head, mul(and(head, upper), 0x3f))
            tail := add(tail, mul(and(tail, upper), 0x3f))
            upper := mul(0x3e0, div(not(0), 0xffff))
            head := add(head, mul(and(head, upper), 7))
            tail := add(tail, mul(and(tail, upper), 7))
            // 0-25 are 'a' + n; 26-31 are '2' + n - 26, which lies 73 below.
            let ones := div(not(0), 0xff)
            let letters := mul(ones, 0x61)
            let sixes := mul(ones, 6)
            head := sub(add(head, letters), mul(and(shr(5, add(head, sixes)), ones), 73))
            tail := sub(add(tail, letters), mul(and(shr(5, add(tail, sixes)), ones), 73))
        }
    }

    /// The whole text of such a CID, 59 characters.
    function cid(uint8 codec, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 head, bytes32 tail) = cid58(codec, digest);
        return abi.encodePacked("b", head, bytes26(tail));
    }
}
