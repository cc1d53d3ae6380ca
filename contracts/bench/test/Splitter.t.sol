// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PaymentSplitter} from "oz4/finance/PaymentSplitter.sol";
import {Peer} from "./Peer.sol";

/// The plainest contract that takes ETH and says so: one event, no account it is for.
contract SplitterPeer is Peer {
    function testReceive() public {
        address[] memory payees = new address[](1);
        payees[0] = vm.addr(1);
        uint256[] memory shares = new uint256[](1);
        shares[0] = 1;
        address splitter = address(new PaymentSplitter(payees, shares));
        vm.deal(address(this), 1 ether);
        _pay(splitter);
        _pay(splitter);
        _measured("peer.splitter.receive", 1);
    }

    function _pay(address to) private {
        (bool ok,) = to.call{value: 0.05 ether}("");
        vm.assertTrue(ok);
    }
}
