// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

/// Takes ETH for credits. A deposit is an event and nothing else: no balance per payer is kept, credits live in the ledger
/// that reads these events. `memo` binds the payer's account, so that whoever pays, the right account is credited.
contract Till is Ownable {
    event Deposited(address indexed payer, bytes32 indexed memo, uint256 amount);
    event Withdrawn(address indexed to, uint256 amount);

    error NothingSent();
    error UseDeposit();

    constructor(address owner_) {
        _initializeOwner(owner_);
    }

    function deposit(bytes32 memo) external payable {
        if (msg.value == 0) revert NothingSent();
        emit Deposited(msg.sender, memo, msg.value);
    }

    function withdraw(address to, uint256 amount) external onlyOwner {
        emit Withdrawn(to, amount);
        SafeTransferLib.safeTransferETH(to, amount);
    }

    /// A plain transfer would be money without an account.
    receive() external payable {
        revert UseDeposit();
    }

    /// Nobody could withdraw any more; hand the till over instead.
    function renounceOwnership() public payable override onlyOwner {
        revert Unauthorized();
    }
}
