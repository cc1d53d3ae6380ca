// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// The signed record of one run. Signed once, by the model version's key, when the run ends.
struct Receipt {
    bytes32 version; // sha-256 of the version's manifest (RFC 8785 JSON)
    uint64 seed;
    bytes32 paramsHash; // sha-256 of the canonical parameter text
    bytes32 promptHash; // sha-256 of salt and prompt: a commitment, opened by the collector or never
    bytes32 content; // digest of the pixels, or of the text
    bytes32 parent; // digest of the parent work's receipt, or 0
}

/// The platform's permission to mint one receipt, alive for minutes. Binds only what the platform adds.
struct Voucher {
    bytes32 receipt; // EIP-712 digest of the receipt
    address to;
    uint96 price; // wei, sent exactly
    uint64 captured; // when the run was captured, seconds
    uint64 deadline; // last second the voucher is good for
    bytes32 label; // keccak-256 of the label
    bytes32 traits; // keccak-256 of the trait bytes
    uint8 codec; // 0x55 raw or 0x70 dag-pb
    bytes32 image; // sha-256 multihash digest of the file's CID
    bytes32 evolve; // keccak-256 of the evolve terms
}

/// The platform's permission to append one step to a dynamic work.
struct Evolution {
    uint256 token;
    bytes32 previous; // sha-256 of the metadata JSON that is the head until now
    bytes32 receipt; // EIP-712 digest of the step's receipt
    bytes32 label; // keccak-256 of the label
    bytes32 traits; // keccak-256 of the trait bytes
    uint8 codec; // 0x55 raw or 0x70 dag-pb
    bytes32 image; // sha-256 multihash digest of the step's file
    uint64 captured; // when the run was captured, seconds
    uint64 deadline; // last second this permission is good for
}

/// One mint. Nothing is said twice: the contract itself computes `paramsHash`, the receipt digest and the hashes of the texts,
/// and puts them into the Receipt and the Voucher whose signatures it then checks. `lib/protocol/mint-request.ts` builds it.
struct MintRequest {
    // of the Voucher
    address to;
    uint256 price;
    uint256 captured;
    uint256 deadline;
    bytes record; // lib/Records.sol
    // 64 or 65 bytes each, or anything an ERC-1271 signer understands
    bytes receiptSignature;
    bytes voucherSignature;
}

/// One step of a dynamic work. What is previous, the contract knows.
struct EvolveRequest {
    uint256 token;
    uint256 captured;
    uint256 deadline;
    bytes29 terms; // of the first record, shown again
    bytes record; // a step's
    bytes receiptSignature;
    bytes evolutionSignature;
}

/// What the creator allows of one model version. The platform's key cannot mint past it.
struct Bounds {
    uint24 cap; // most tokens ever of this version; may later only be lowered
    uint96 floorPrice; // wei
    uint48 opensAt; // first second, 0 for always
    uint48 closesAt; // first second after, 0 for never
}

/// What a creator opens a collection of works, a drop or passes with.
struct CollectionTerms {
    string name;
    string symbol;
    uint16 royaltyBps; // at most 1,000
    address payout; // where the money goes, such as a payout split; 0: the creator decides each time
}

/// A model version, its key, and what may be minted of it.
struct VersionTerms {
    bytes32 version; // sha-256 of the manifest
    address signer;
    Bounds bounds;
}

/// A model version as a collection keeps it. One slot, so that a mint of a version without sale terms reads and writes no other.
struct Version {
    address signer;
    uint40 revokedAt; // 0: not revoked. Runs captured at or after this second do not mint.
    uint24 cap;
    uint24 minted;
    bool hasSale; // floor price or window: look at the second slot
}
