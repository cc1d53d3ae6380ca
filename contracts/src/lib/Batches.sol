// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";
import {Batch} from "../DropTypes.sol";

/// The tree under a batch: leaves in order of position, pairs hashed in sorted order, the odd one out goes up as it is.
/// `lib/protocol/batch.ts` builds it; `test/vectors/batch.json` holds both to the same values.
library Batches {
    bytes32 internal constant BATCH_TYPEHASH = keccak256("Batch(bytes32 version,bytes32 root,uint32 count)");

    /// EIP-712 struct hash.
    function hash(Batch calldata batch) internal pure returns (bytes32) {
        return keccak256(abi.encode(BATCH_TYPEHASH, batch));
    }

    /// Hashed twice, so that no leaf can be taken for an inner node. The position stands in the leaf: one work, one token id.
    function leaf(uint256 position, bytes32 receiptDigest) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(position, receiptDigest))));
    }

    /// @param proof the siblings from the leaf up, without a level where the node was promoted
    function contains(bytes32 root, uint256 position, bytes32 receiptDigest, bytes32[] calldata proof)
        internal
        pure
        returns (bool)
    {
        return MerkleProofLib.verifyCalldata(proof, root, leaf(position, receiptDigest));
    }

    /// What a creator commits to before the sale. The salt keeps anyone from trying directories they know.
    function revealHash(bytes32 salt, bytes32 directory) internal pure returns (bytes32) {
        return keccak256(abi.encode(salt, directory));
    }
}
