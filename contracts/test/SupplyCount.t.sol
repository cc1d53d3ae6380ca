// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Supply} from "../src/lib/Supply.sol";
import {Base} from "./Base.sol";

contract Counted {
    function take(uint24 count, uint24 cap) external pure returns (uint256) {
        return Supply.take(count, cap);
    }
}

contract SupplyCountTest is Base {
    Counted private counted = new Counted();

    function testFuzzOneMoreWhileBelowTheCap(uint24 count, uint24 cap) public {
        if (count >= cap) vm.expectRevert(Supply.CapReached.selector);
        uint256 next = counted.take(count, cap);
        if (count < cap) vm.assertEq(next, uint256(count) + 1);
    }

    function testTheLastOneAndNoneAfterIt() public {
        vm.assertEq(counted.take(type(uint24).max - 1, type(uint24).max), type(uint24).max);
        vm.expectRevert(Supply.CapReached.selector);
        counted.take(type(uint24).max, type(uint24).max);
        vm.expectRevert(Supply.CapReached.selector);
        counted.take(0, 0);
    }

    function testFuzzACapOnlyGoesDownToWhatExists(uint24 cap, uint24 count, uint24 newCap) public pure {
        bool between = count <= newCap && newCap <= cap;
        vm.assertTrue(Supply.mayLower(cap, count, newCap) == between);
    }

    function testTheEdgesOfACap() public pure {
        vm.assertTrue(Supply.mayLower(9, 4, 9));
        vm.assertTrue(Supply.mayLower(9, 4, 4));
        vm.assertFalse(Supply.mayLower(9, 4, 3));
        vm.assertFalse(Supply.mayLower(9, 4, 10));
    }
}
