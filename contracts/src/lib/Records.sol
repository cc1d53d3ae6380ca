// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {Receipt} from "../Types.sol";

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

    /// @return receipt in memory; its `paramsHash` is computed from the text
    function readFirst(bytes calldata record)
        internal
        view
        returns (Receipt memory receipt, bytes calldata texts, bytes29 terms)
    {
        bytes calldata params;
        (terms, texts, params) = _read(receipt, record);
        receipt.paramsHash = EfficientHashLib.sha2Calldata(params);
    }

    /// The same for a step.
    function readStep(bytes calldata record) internal pure returns (Receipt memory receipt, bytes calldata texts) {
        bytes29 terms;
        bytes calldata params;
        (terms, texts, params) = _read(receipt, record);
        if (params.length != 32 || terms != 0) revert BadRecord();
        receipt.paramsHash = bytes32(params);
    }

    /// Fills `receipt`, but for `paramsHash`.
    /// @return terms of the record
    /// @return texts label and traits
    /// @return rest everything behind the texts
    function _read(Receipt memory receipt, bytes calldata record)
        private
        pure
        returns (bytes29 terms, bytes calldata texts, bytes calldata rest)
    {
        bool bad;
        assembly ("memory-safe") {
            mstore(receipt, calldataload(record.offset)) // version
            mstore(add(receipt, 0x20), shr(192, calldataload(add(record.offset, 32)))) // seed
            calldatacopy(add(receipt, 0x60), add(record.offset, 40), 0x40) // promptHash, content
            let at := add(record.offset, FLAGS_AT)
            let flags := byte(0, calldataload(at))
            at := add(at, 1)
            if flags {
                bad := gt(flags, 3)
                if and(flags, 1) {
                    mstore(add(receipt, 0xa0), calldataload(at)) // parent
                    bad := or(bad, iszero(calldataload(at)))
                    at := add(at, 32)
                }
                if and(flags, 2) {
                    terms := shl(24, shr(24, calldataload(at)))
                    bad := or(bad, iszero(terms))
                    at := add(at, 29)
                }
            }
            texts.length := shr(240, calldataload(at))
            texts.offset := add(at, 2)
            rest.offset := add(texts.offset, texts.length)
            rest.length := sub(add(record.offset, record.length), rest.offset)
            // Everything lies within the record.
            bad := or(bad, slt(rest.length, 0))
        }
        if (bad) revert BadRecord();
    }

    function file(bytes calldata record) internal pure returns (uint8 codec, bytes32 image) {
        assembly {
            codec := byte(0, calldataload(add(record.offset, 104)))
            image := calldataload(add(record.offset, 105))
        }
    }

    /// @return label the first text, without its length
    /// @return traits everything after it
    function split(bytes calldata texts) internal pure returns (bytes calldata label, bytes calldata traits) {
        uint256 end;
        assembly {
            end := add(1, byte(0, calldataload(texts.offset)))
            label.offset := add(texts.offset, 1)
            label.length := sub(end, 1)
            traits.offset := add(texts.offset, end)
            traits.length := sub(texts.length, end)
        }
        if (end > texts.length) revert BadRecord();
    }
}
