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

/// Everything the metadata of a token is made of. Whoever holds it can show it to `verifyRecord`.
struct Record {
    Receipt receipt;
    uint8 codec;
    bytes32 image;
    string label;
    bytes traits; // length-prefixed pairs, at most 1 KB
    bytes evolve; // empty: tokens of this implementation are frozen
}

/// One mint. Nothing is said twice: the contract itself computes `paramsHash`, the receipt digest and the hashes of the texts,
/// and puts them into the Receipt and the Voucher whose signatures it then checks. `lib/protocol/mint-request.ts` builds it.
struct MintRequest {
    // of the Receipt
    bytes32 version;
    uint64 seed;
    bytes32 promptHash;
    bytes32 content;
    bytes32 parent;
    // of the Voucher
    address to;
    uint96 price;
    uint64 captured;
    uint64 deadline;
    uint8 codec;
    bytes32 image;
    // what their hashes stand for
    string params;
    string label;
    bytes traits;
    bytes evolve;
    // 64 or 65 bytes each, or anything an ERC-1271 signer understands
    bytes receiptSignature;
    bytes voucherSignature;
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
