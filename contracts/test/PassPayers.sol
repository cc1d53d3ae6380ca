// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PassCollection} from "../src/PassCollection.sol";

/// A contract that buys, and then refuses its money until told otherwise.
contract Refusing {
    bool public open;

    function setOpen(bool open_) external {
        open = open_;
    }

    function buy(PassCollection passes, uint256 tierId, address to) external payable returns (uint256) {
        return passes.buy{value: msg.value}(tierId, to);
    }

    function claim(PassCollection passes, address to) external {
        passes.claimRefund(to);
    }

    receive() external payable virtual {
        require(open);
    }
}

/// Burns all the gas it is given.
contract Burning is Refusing {
    receive() external payable override {
        while (gasleft() > 0) {}
    }
}

/// The creator and payer of passes in one, that tries to be paid twice while it is being paid.
contract Reentrant is Refusing {
    PassCollection public passes;
    uint256 public received;
    bytes private call_;
    bool private tried;
    bool public succeeded;

    function prepare(PassCollection passes_, bytes calldata what) external {
        (passes, call_) = (passes_, what);
    }

    function run(bytes calldata what) external {
        (bool ok,) = address(passes).call(what);
        require(ok);
    }

    receive() external payable override {
        require(open);
        received += msg.value;
        if (tried) return;
        tried = true;
        (succeeded,) = address(passes).call(call_);
    }
}
