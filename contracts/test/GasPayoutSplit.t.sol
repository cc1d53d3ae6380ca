// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PayoutSplit, Receiver} from "../src/PayoutSplit.sol";
import {Splits} from "./PayoutSplitFactory.t.sol";
import {StandardToken} from "./Tokens.sol";
import {GasBounds} from "./GasBounds.sol";

/// Receivers have ETH and tokens already.
contract GasPayoutSplitTest is Splits, GasBounds {
    PayoutSplit private split;
    StandardToken private token = new StandardToken();

    function setUp() public {
        vm.deal(address(this), 10 ether);
        split = _create(_three(1));
        for (uint256 i = 1; i <= 3; ++i) {
            vm.deal(vm.addr(i), 1);
            token.mint(vm.addr(i), 1);
        }
        _pay();
    }

    function testMakingASplitOfThree() public {
        factory.createSplit(_three(2));
        _measured("split.create.3", 1, 91_000);
    }

    function testMakingASplitOf32() public {
        factory.createSplit(_anyList(31));
        _measured("split.create.32", 1, 305_000);
    }

    function testReleasingETH() public {
        Receiver[] memory list = split.receivers();
        split.release(address(0), list[2].account);
        _measured("split.eth.first", 1, 87_000);
        _pay();
        split.release(address(0), list[2].account);
        _measured("split.eth.later", 1, 53_000);
    }

    function testReleasingAToken() public {
        Receiver[] memory list = split.receivers();
        split.release(address(token), list[2].account);
        _measured("split.token.first", 1, 94_000);
        _pay();
        split.release(address(token), list[2].account);
        _measured("split.token.later", 1, 60_000);
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
}
