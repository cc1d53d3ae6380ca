// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Receipt} from "../Types.sol";
import {TypedData} from "./TypedData.sol";

/// A record that was read: where its fields stand in memory, a word each. The first six are the Receipt, with its type hash in front;
/// then codec, image, evolve terms, and offset and length in calldata of label and traits.
type Parsed is uint256;

using {
    Records.version,
    Records.promptHash,
    Records.content,
    Records.parent,
    Records.file,
    Records.receipt,
    Records.terms,
    Records.label,
    Records.traits
} for Parsed global;

/// The record of a work: what its metadata is made of, in one string of bytes, which is the same in a mint's calldata, in the log,
/// and in everything one shows to a collection. `lib/protocol/record-bytes.ts` is the twin.
///
/// | bytes | field |
/// |---|---|
/// | 32 | version |
/// | 8 | seed, big-endian |
/// | 32 | promptHash |
/// | 32 | content |
/// | 1 | codec of the file's CID: 0x55 raw, 0x70 dag-pb |
/// | 32 | sha-256 multihash digest of that CID |
/// | 1 | flags: 1 a parent follows, 2 evolve terms do; nothing else |
/// | 32 | parent, if flagged |
/// | 29 | `EvolveTerms`, if flagged |
/// | 2, n | length of the texts, big-endian; the texts: one byte of length and then the label; trait name, value, name ... likewise |
///
/// In a first record the parameter text follows, to the end; in a step's, which has no terms, the 32 bytes of `paramsHash`.
library Records {
    uint256 private constant FLAGS_AT = 137;

    error BadRecord();

    /// A first record; its `paramsHash` is computed from the text.
    function readFirst(bytes calldata record) internal view returns (Parsed work) {
        bytes calldata params;
        (work, params) = _read(record);
        assembly ("memory-safe") {
            let m := mload(0x40)
            calldatacopy(m, params.offset, params.length)
            // sha-256; the precompile fails only for want of gas
            if iszero(staticcall(gas(), 2, m, params.length, add(work, 0x40), 0x20)) { revert(0, 0) }
        }
    }

    /// A step's.
    function readStep(bytes calldata record) internal pure returns (Parsed work) {
        bytes calldata params;
        (work, params) = _read(record);
        if (params.length != 32 || work.terms() != 0) revert BadRecord();
        assembly ("memory-safe") {
            mstore(add(work, 0x40), calldataload(params.offset))
        }
    }

    /// Everything but `paramsHash`.
    /// @return work in memory
    /// @return rest of the record, behind the texts
    function _read(bytes calldata record) private pure returns (Parsed work, bytes calldata rest) {
        bytes32 typeHash = TypedData.RECEIPT_TYPEHASH;
        bool bad;
        assembly ("memory-safe") {
            work := add(mload(0x40), 0x20)
            mstore(0x40, add(work, 0x1a0))
            mstore(sub(work, 0x20), typeHash)
            let at := record.offset
            mstore(work, calldataload(at)) // version
            mstore(add(work, 0x20), shr(192, calldataload(add(at, 32)))) // seed
            calldatacopy(add(work, 0x60), add(at, 40), 0x40) // promptHash, content
            mstore(add(work, 0xc0), byte(0, calldataload(add(at, 104)))) // codec
            mstore(add(work, 0xe0), calldataload(add(at, 105))) // image
            at := add(at, FLAGS_AT)
            let flags := byte(0, calldataload(at))
            at := add(at, 1)
            mstore(add(work, 0xa0), 0) // no parent
            mstore(add(work, 0x100), 0) // no terms
            if flags {
                bad := gt(flags, 3)
                if and(flags, 1) {
                    mstore(add(work, 0xa0), calldataload(at))
                    bad := or(bad, iszero(calldataload(at)))
                    at := add(at, 32)
                }
                if and(flags, 2) {
                    let terms_ := shl(24, shr(24, calldataload(at)))
                    mstore(add(work, 0x100), terms_)
                    bad := or(bad, iszero(terms_))
                    at := add(at, 29)
                }
            }
            rest.offset := add(add(at, 2), shr(240, calldataload(at)))
            rest.length := sub(add(record.offset, record.length), rest.offset)
            let size := byte(0, calldataload(add(at, 2)))
            at := add(at, 3)
            mstore(add(work, 0x120), at)
            mstore(add(work, 0x140), size)
            at := add(at, size)
            mstore(add(work, 0x160), at)
            mstore(add(work, 0x180), sub(rest.offset, at))
            // Texts lie within the record, and the label within the texts.
            bad := or(bad, or(slt(rest.length, 0), gt(at, rest.offset)))
        }
        if (bad) revert BadRecord();
    }

    function version(Parsed work) internal pure returns (bytes32 field) {
        assembly {
            field := mload(work)
        }
    }

    function promptHash(Parsed work) internal pure returns (bytes32 field) {
        assembly {
            field := mload(add(work, 0x60))
        }
    }

    function content(Parsed work) internal pure returns (bytes32 field) {
        assembly {
            field := mload(add(work, 0x80))
        }
    }

    function parent(Parsed work) internal pure returns (bytes32 field) {
        assembly {
            field := mload(add(work, 0xa0))
        }
    }

    function file(Parsed work) internal pure returns (uint8 codec, bytes32 image) {
        assembly {
            codec := mload(add(work, 0xc0))
            image := mload(add(work, 0xe0))
        }
    }

    function receipt(Parsed work) internal pure returns (Receipt memory fields) {
        assembly {
            fields := work
        }
    }

    function terms(Parsed work) internal pure returns (bytes29 evolve) {
        assembly {
            evolve := mload(add(work, 0x100))
        }
    }

    function label(Parsed work) internal pure returns (bytes calldata text) {
        assembly {
            text.offset := mload(add(work, 0x120))
            text.length := mload(add(work, 0x140))
        }
    }

    function traits(Parsed work) internal pure returns (bytes calldata pairs) {
        assembly {
            pairs.offset := mload(add(work, 0x160))
            pairs.length := mload(add(work, 0x180))
        }
    }
}
