// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC7007} from "../interfaces/IERC7007.sol";
import {Parsed} from "./Records.sol";

/// Finds every token of a content. `AigcData` of the same transaction is the whole record: metadata, parameters and proof can be
/// rebuilt from logs alone.
event Minted(bytes32 indexed content, uint256 tokenId);

/// The two events of a mint, encoded where they are sent. `test/WorkLogs.t.sol` holds the `emit` that each must equal.
library WorkLogs {
    function minted(uint256 tokenId, Parsed work) internal {
        emit Minted(work.content(), tokenId);
    }

    /// `prompt` is the 32 bytes of `promptHash`, `aigcData` the record (lib/Records.sol), `proof` the receipt's signature.
    function aigcData(uint256 tokenId, Parsed work, bytes calldata record, bytes calldata proof) internal {
        bytes32 signature = IERC7007.AigcData.selector;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, 0x40)
            mstore(add(m, 0x40), record.length)
            let start := add(m, 0x60)
            mstore(add(start, record.length), 0) // the padding
            calldatacopy(start, record.offset, record.length)
            let end := add(start, and(add(record.length, 0x1f), not(0x1f)))
            mstore(add(m, 0x20), sub(end, m))
            mstore(end, proof.length)
            start := add(end, 0x20)
            mstore(add(start, proof.length), 0) // the padding
            calldatacopy(start, proof.offset, proof.length)
            end := add(start, and(add(proof.length, 0x1f), not(0x1f)))
            mstore(0x00, mload(add(work, 0x60))) // promptHash
            log3(m, sub(end, m), signature, tokenId, keccak256(0x00, 0x20))
        }
    }
}
