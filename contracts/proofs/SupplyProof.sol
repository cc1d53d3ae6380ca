// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Supply} from "../src/lib/Supply.sol";

/// Proved: whatever is minted and however a cap is lowered, in any order and number, there are never more than the cap of today,
/// and so never more than any cap of before, for it only went down.
contract SupplyProof {
    uint256 private firstCap;
    uint256 private cap;
    uint256 private count;

    constructor(uint256 cap_) {
        firstCap = cap_;
        cap = cap_;
    }

    function mint() external {
        count = Supply.take(count, cap);
    }

    function lowerCap(uint256 newCap) external {
        require(Supply.mayLower(cap, count, newCap));
        cap = newCap;
    }

    function invariant() external view {
        assert(count <= cap && cap <= firstCap);
    }
}
