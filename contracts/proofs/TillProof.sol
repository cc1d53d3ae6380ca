// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// A model of `Till`, which keeps no balance per payer: what its events say came in, less what they say went out, is there. Whoever
/// is paid may call back before the payment returns. ETH can also be forced upon any contract, so there may be more.
contract TillProof {
    uint256 private deposited;
    uint256 private withdrawn;
    address private immutable OWNER = msg.sender;

    function deposit() external payable {
        require(msg.value != 0);
        deposited += msg.value;
    }

    function withdraw(address to, uint256 amount) external {
        require(msg.sender == OWNER);
        withdrawn += amount;
        (bool ok,) = to.call{value: amount}("");
        require(ok);
    }

    function invariant() external view {
        assert(address(this).balance + withdrawn >= deposited);
    }
}
