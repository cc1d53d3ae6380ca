// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// All works of a drop, signed once by the model version's key in the drop's own EIP-712 domain.
struct Batch {
    bytes32 version; // sha-256 of the version's manifest
    bytes32 root; // of the tree over (position, receipt digest); see lib/Batches
    uint32 count; // how many works, and so how many tokens there can be
}

/// How a drop is sold. Fixed with the batch, before anybody can buy; the end alone can come earlier.
struct SaleTerms {
    uint96 price; // wei a work, sent exactly
    uint40 opensAt; // first second, 0: as soon as the batch is committed
    uint40 closesAt; // first second after
    uint32 maxPerWallet; // most works ever minted to one account, at least 1
}

/// What a drop asks of a collection of works: the first two fields of `WorkCollection.Version`. The decoder skips what follows.
struct VersionKey {
    address signer;
    uint40 revokedAt; // 0: not revoked
}

interface IVersions {
    /// All zero for a version the collection does not know.
    function versionOf(bytes32 version) external view returns (VersionKey memory);
}
