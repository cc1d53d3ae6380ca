// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// What a creator opens a tier with. Of all this only price and openness change later, and the cap goes down.
struct TierTerms {
    uint88 price; // wei, of the pass and of each renewal
    uint32 duration; // seconds; 0: the pass never expires
    uint24 refundWindow; // seconds after the purchase, at most 14 days and the duration; 0: no refunds
    uint24 cap; // most passes that exist at once, expired ones included
    bool transferable; // false: soulbound
    bool open; // takes purchases and renewals
    uint8 codec; // of the picture's CID: 0x55 raw or 0x70 dag-pb
    bytes32 image; // sha-256 multihash digest of the picture's CID
    string label; // 1 to 128 bytes of JSON-safe UTF-8
}

/// A tier as a purchase reads and writes it: one slot.
struct Tier {
    uint88 price;
    uint32 duration;
    uint24 refundWindow;
    uint24 cap;
    uint24 sold; // passes that exist
    uint32 issued; // numbers given out, those of refunded passes included
    uint16 revision; // how often the price has changed
    bool transferable;
    bool open;
}

/// What the metadata of a tier's passes shows.
struct TierLook {
    uint8 codec;
    bytes32 image;
    string label;
}

/// The platform's statement that no run of the pass was used, and that none will start before the deadline has passed.
struct Refund {
    uint256 token;
    address holder;
    uint64 deadline; // last second the statement is good for
}
