// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

/// How many of something that is capped there are. `contracts/proofs` proves that what only these two change stays at or below
/// its cap, and never shrinks.
library Supply {
    error CapReached();

    /// @return the count after one more
    function take(uint256 count, uint256 cap) internal pure returns (uint256) {
        require(count < cap, CapReached());
        unchecked {
            return count + 1; // at most `cap`
        }
    }

    /// A cap only goes down, and never below what exists.
    function mayLower(uint256 cap, uint256 count, uint256 newCap) internal pure returns (bool) {
        return newCap <= cap && newCap >= count;
    }
}
