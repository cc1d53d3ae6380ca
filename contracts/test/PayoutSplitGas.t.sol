// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PayoutSplit, Receiver} from "../src/PayoutSplit.sol";
import {Splits} from "./PayoutSplitFactory.t.sol";
import {StandardToken} from "./Tokens.sol";

/// Whole-transaction gas (21,000, calldata and cold access included). Receivers have ETH and tokens already.
contract PayoutSplitGasTest is Splits {
    PayoutSplit private split;
    StandardToken private token = new StandardToken();

    event GasUsed(uint256 gas);

    function setUp() public {
        vm.deal(address(this), 10 ether);
        split = _create(_three(1));
        for (uint256 i = 1; i <= 3; ++i) {
            vm.deal(vm.addr(i), 1);
            token.mint(vm.addr(i), 1);
        }
        _pay();
    }

    function testMakingASplitOfThreeStaysBelow91000() public {
        factory.createSplit(_three(2));
        _within(91_000);
    }

    function testMakingASplitOf32StaysBelow305000() public {
        factory.createSplit(_anyList(31));
        _within(305_000);
    }

    function testReleasingETHStaysBelow87000AndLaterBelow53000() public {
        Receiver[] memory list = split.receivers();
        split.release(address(0), list[2].account);
        _within(87_000);
        _pay();
        split.release(address(0), list[2].account);
        _within(53_000);
    }

    function testReleasingATokenStaysBelow94000AndLaterBelow60000() public {
        Receiver[] memory list = split.receivers();
        split.release(address(token), list[2].account);
        _within(94_000);
        _pay();
        split.release(address(token), list[2].account);
        _within(60_000);
    }

    function _pay() private {
        (bool ok,) = address(split).call{value: 1 ether}("");
        vm.assertTrue(ok);
        token.mint(address(split), 1e9);
    }

    function _three(uint256 share) private pure returns (Receiver[] memory list) {
        list = new Receiver[](3);
        list[0] = Receiver(vm.addr(1), uint16(share));
        list[1] = Receiver(vm.addr(2), 2_500);
        list[2] = Receiver(vm.addr(3), uint16(7_500 - share));
        return _sorted(list);
    }

    function _within(uint256 limit) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit GasUsed(used);
        vm.assertLe(used, limit, "gas");
    }
}
