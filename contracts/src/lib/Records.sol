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
/// | 32 | parent |
/// | 1 | codec of the file's CID: 0x55 raw, 0x70 dag-pb |
/// | 32 | sha-256 multihash digest of that CID |
/// | 2, n | length of the texts, big-endian; the texts: one byte of length and then the label; trait name, value, name ... likewise |
///
/// In a first record 1 byte of length (0 or 29) and the evolve terms follow, then the parameter text to the end. In a step's record
/// the 32 bytes of `paramsHash` follow.
library Records {
    uint256 private constant TEXTS_AT = 171;

    error BadRecord();

    /// @return receipt in memory; its `paramsHash` is computed from the text
    function readFirst(bytes calldata record)
        internal
        view
        returns (Receipt memory receipt, bytes calldata texts, bytes29 terms)
    {
        bytes calldata params;
        assembly {
            texts.offset := add(record.offset, TEXTS_AT)
            texts.length := shr(240, calldataload(sub(texts.offset, 2)))
            let at := add(texts.offset, texts.length)
            let size := byte(0, calldataload(at))
            terms := mul(shl(24, shr(24, calldataload(add(at, 1)))), eq(size, 29))
            params.offset := add(at, add(size, 1))
            params.length := sub(add(record.offset, record.length), params.offset)
            // Everything lies within the record, and terms have 29 bytes or none.
            if or(sgt(0, params.length), iszero(or(iszero(size), eq(size, 29)))) { texts.length := not(0) }
        }
        if (texts.length == type(uint256).max) revert BadRecord();
        _receipt(receipt, record, EfficientHashLib.sha2Calldata(params));
    }

    /// The same for a step.
    function readStep(bytes calldata record) internal pure returns (Receipt memory receipt, bytes calldata texts) {
        bytes32 paramsHash;
        assembly {
            texts.offset := add(record.offset, TEXTS_AT)
            texts.length := shr(240, calldataload(sub(texts.offset, 2)))
            let at := add(texts.offset, texts.length)
            paramsHash := calldataload(at)
            if iszero(eq(add(at, 0x20), add(record.offset, record.length))) { texts.length := not(0) }
        }
        if (texts.length == type(uint256).max) revert BadRecord();
        _receipt(receipt, record, paramsHash);
    }

    function _receipt(Receipt memory receipt, bytes calldata record, bytes32 paramsHash) private pure {
        assembly ("memory-safe") {
            mstore(receipt, calldataload(record.offset))
            mstore(add(receipt, 0x20), shr(192, calldataload(add(record.offset, 32))))
            mstore(add(receipt, 0x40), paramsHash)
            calldatacopy(add(receipt, 0x60), add(record.offset, 40), 0x60) // promptHash, content, parent
        }
    }

    function file(bytes calldata record) internal pure returns (uint8 codec, bytes32 image) {
        assembly {
            codec := byte(0, calldataload(add(record.offset, 136)))
            image := calldataload(add(record.offset, 137))
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
