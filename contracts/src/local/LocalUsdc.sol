// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "solady/tokens/ERC20.sol";

/// A stand-in for USDC on the local chain, where there is none: six decimals and EIP-2612, as the real one. Worth nothing, so anybody may
/// mint it. It is deployed by the local launcher only.
contract LocalUsdc is ERC20 {
    function name() public pure override returns (string memory) {
        return "USD Coin (local stand-in)";
    }

    function symbol() public pure override returns (string memory) {
        return "USDC";
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    /// The real one's domain has version 2 (FiatTokenV2).
    function version() external pure returns (string memory) {
        return "2";
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _versionHash() internal pure override returns (bytes32) {
        return keccak256("2");
    }
}
