// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Version} from "../Types.sol";
import {Supply} from "./Supply.sol";

/// A `Version` as it lies in its slot: read and written once, where Solidity would read it once a field.
/// `test/VersionSlots.t.sol` holds the plain struct that it must equal.
type VersionSlot is uint256;

using {
    VersionSlots.signer,
    VersionSlots.revokedAt,
    VersionSlots.hasSale,
    VersionSlots.withOneMore
} for VersionSlot global;

library VersionSlots {
    uint256 private constant REVOKED_AT = 160;
    uint256 private constant CAP = 200;
    uint256 private constant MINTED = 224;
    uint256 private constant HAS_SALE = 248;

    function get(Version storage version) internal view returns (VersionSlot slot) {
        assembly {
            slot := sload(version.slot)
        }
    }

    function put(Version storage version, VersionSlot slot) internal {
        assembly {
            sstore(version.slot, slot)
        }
    }

    function signer(VersionSlot slot) internal pure returns (address) {
        return address(uint160(VersionSlot.unwrap(slot)));
    }

    function revokedAt(VersionSlot slot) internal pure returns (uint40) {
        return uint40(VersionSlot.unwrap(slot) >> REVOKED_AT);
    }

    function hasSale(VersionSlot slot) internal pure returns (bool) {
        return VersionSlot.unwrap(slot) >> HAS_SALE != 0;
    }

    /// Reverts with `CapReached` where there is no room.
    function withOneMore(VersionSlot slot) internal pure returns (VersionSlot) {
        uint256 bits = VersionSlot.unwrap(slot);
        uint256 count = (bits >> MINTED) & type(uint24).max;
        uint256 next = Supply.take(count, (bits >> CAP) & type(uint24).max);
        unchecked {
            return VersionSlot.wrap(bits + ((next - count) << MINTED)); // no carry: the count is at most the cap
        }
    }
}
