// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Encode} from "./Encode.sol";
import {Parsed} from "./Records.sol";
import {End} from "./Text.sol";

/// The part of the metadata that is the same for every work but for its words: written at fixed places in one go, with the masks of
/// the hex on the stack. `test/Metadata.t.sol` holds the plain text that it must equal.
library Provenance {
    /// From the end of the attributes to the receipt's parent.
    /// @param content where the content's 64 hex characters go too, before this text
    /// @param file where the file's address of 66 characters stands
    function write(End at, Parsed work, End content, End file) internal pure returns (End end) {
        uint64 seedNumber;
        assembly {
            seedNumber := mload(add(work, 0x20))
        }
        bytes32 seed = Encode.decimal(seedNumber);
        assembly {
            /// 64 hex characters: the bits of each half are spread over lanes of 64, 32, 16, 8, 4 bits, all lanes turned at once.
            /// 0-9 are '0' + n; 10-15 skip the 39 characters between '9' and 'a'.
            function hexOf(ones, by4, by8, by16, by32, by64, word, to) {
                let a := shr(128, word)
                let b := and(or(a, shl(64, a)), by64)
                a := and(or(b, shl(32, b)), by32)
                b := and(or(a, shl(16, a)), by16)
                a := and(or(b, shl(8, b)), by8)
                b := and(or(a, shl(4, a)), by4)
                mstore(to, add(mul(ones, 0x30), add(b, mul(and(shr(4, add(b, mul(ones, 6))), ones), 39))))
                a := shr(128, shl(128, word))
                b := and(or(a, shl(64, a)), by64)
                a := and(or(b, shl(32, b)), by32)
                b := and(or(a, shl(16, a)), by16)
                a := and(or(b, shl(8, b)), by8)
                b := and(or(a, shl(4, a)), by4)
                mstore(add(to, 0x20), add(mul(ones, 0x30), add(b, mul(and(shr(4, add(b, mul(ones, 6))), ones), 39))))
            }
            let ones := div(not(0), 0xff)
            let by4 := mul(ones, 0x0f)
            let by8 := div(not(0), 0x101)
            let by16 := div(not(0), 0x10001)
            let by32 := div(not(0), 0x100000001)
            let by64 := div(not(0), 0x10000000000000001)

            hexOf(ones, by4, by8, by16, by32, by64, mload(add(work, 0x80)), content)

            mstore(at, '],"prompt":"0x')
            hexOf(ones, by4, by8, by16, by32, by64, mload(add(work, 0x60)), add(at, 14))
            mstore(add(at, 78), '","aigc_type":"image","aigc_data')
            mstore(add(at, 110), '":"')
            mcopy(add(at, 113), file, 66)
            mstore(add(at, 179), '","proof_type":"attestation","pr')
            mstore(add(at, 211), 'ovenance":{"version":"0x')
            hexOf(ones, by4, by8, by16, by32, by64, mload(work), add(at, 235))
            mstore(add(at, 299), '","seed":"')
            mstore(add(at, 309), seed)

            at := add(add(at, 309), and(seed, 0xff))
            mstore(at, '","params_hash":"0x')
            hexOf(ones, by4, by8, by16, by32, by64, mload(add(work, 0x40)), add(at, 19))
            mstore(add(at, 83), '","content":"0x')
            mcopy(add(at, 98), content, 64)
            mstore(add(at, 162), '","parent":"0x')
            switch mload(add(work, 0xa0))
            case 0 {
                // Most works have no parent.
                mstore(add(at, 176), mul(ones, 0x30))
                mstore(add(at, 208), mul(ones, 0x30))
            }
            default { hexOf(ones, by4, by8, by16, by32, by64, mload(add(work, 0xa0)), add(at, 176)) }
            end := add(at, 240)
        }
    }
}
