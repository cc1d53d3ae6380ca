// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// What a pass remembers beside its holder, in the 96 bits the ownership slot has left, so that a purchase writes no other:
/// 40 bits when it expires, 40 bits when it was bought, 16 bits which of the tier's prices was paid.
type Stamp is uint96;

using {Stamps.expiry, Stamps.bought, Stamps.revision, Stamps.withExpiry} for Stamp global;

library Stamps {
    /// The expiry of a pass that has none.
    uint40 internal constant NEVER = type(uint40).max;
    /// The expiry of a pass whose holder has cancelled it.
    uint40 internal constant CANCELLED = 0;

    /// Times in seconds.
    function pack(uint40 expiry_, uint40 bought_, uint16 revision_) internal pure returns (Stamp) {
        return Stamp.wrap((uint96(expiry_) << 56) | (uint96(bought_) << 16) | revision_);
    }

    function expiry(Stamp stamp) internal pure returns (uint40) {
        return uint40(Stamp.unwrap(stamp) >> 56);
    }

    function bought(Stamp stamp) internal pure returns (uint40) {
        return uint40(Stamp.unwrap(stamp) >> 16);
    }

    function revision(Stamp stamp) internal pure returns (uint16) {
        return uint16(Stamp.unwrap(stamp));
    }

    function withExpiry(Stamp stamp, uint40 expiry_) internal pure returns (Stamp) {
        return pack(expiry_, stamp.bought(), stamp.revision());
    }
}
