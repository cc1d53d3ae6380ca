// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// What the first metadata of a dynamic work allows, in 29 bytes: who may bring a step (1 byte), the rule contract (20, zero for
/// none), the last second (8, big-endian, zero for no end). No byte but zero: the token is frozen. `lib/protocol/evolve-terms.ts`
/// is the twin.
library EvolveTerms {
    /// Anyone may bring a step that is signed; usually the platform does, when the world has changed.
    uint8 internal constant BY_ANYONE = 1;
    /// Only the token's holder, or who holds their approval.
    uint8 internal constant BY_HOLDER = 2;

    error BadTerms();

    function by(bytes29 terms) internal pure returns (uint8) {
        return uint8(terms[0]);
    }

    function rule(bytes29 terms) internal pure returns (address) {
        return address(uint160(uint232(terms) >> 64));
    }

    function until(bytes29 terms) internal pure returns (uint64) {
        return uint64(uint232(terms));
    }

    /// Reverts unless the token is frozen or the first byte is one of the two.
    function check(bytes29 terms) internal pure {
        if (terms != 0 && by(terms) != BY_ANYONE && by(terms) != BY_HOLDER) revert BadTerms();
    }
}
