// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Receipt} from "../Types.sol";

/// A contract that a dynamic work's terms name: it has the last word on every step. Called with the collection as sender, and
/// cannot change anything (the call is static).
interface IEvolveRule {
    /// @param previous sha-256 of the metadata that is the head until now
    /// @param receipt of the step
    /// @return whether the step may be appended; a revert refuses it too
    function allows(uint256 token, bytes32 previous, Receipt calldata receipt) external view returns (bool);
}
