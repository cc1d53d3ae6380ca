// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {Till} from "../src/Till.sol";
import {Base, Vm} from "./Base.sol";

contract TillTest is Base {
    address private owner = vm.addr(1);
    Till private till = new Till(owner);

    function testFuzzADepositIsAnEventWithPayerMemoAndAmount(address payer, bytes32 memo, uint96 amount) public {
        vm.assume(amount > 0 && payer != address(0) && payer != address(till));
        vm.deal(payer, type(uint128).max);
        vm.recordLogs();
        vm.prank(payer);
        till.deposit{value: amount}(memo);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1);
        vm.assertEq(logs[0].topics[0], keccak256("Deposited(address,bytes32,uint256)"));
        vm.assertEq(logs[0].topics[1], bytes32(uint256(uint160(payer))));
        vm.assertEq(logs[0].topics[2], memo);
        vm.assertEq(abi.decode(logs[0].data, (uint256)), amount);
        vm.assertEq(address(till).balance, amount);
    }

    function testNothingSentIsRefused() public {
        vm.expectRevert(Till.NothingSent.selector);
        till.deposit("memo");
    }

    function testAPlainTransferIsRefusedWithAHint() public {
        vm.deal(address(this), 1 ether);
        (bool ok, bytes memory why) = address(till).call{value: 1 ether}("");
        vm.assertTrue(!ok && bytes4(why) == Till.UseDeposit.selector);
    }

    function testOnlyTheOwnerWithdraws() public {
        vm.deal(address(this), 3 ether);
        till.deposit{value: 3 ether}("memo");
        vm.expectRevert(Ownable.Unauthorized.selector);
        till.withdraw(address(this), 1);
        vm.prank(owner);
        till.withdraw(vm.addr(2), 2 ether);
        vm.assertEq(vm.addr(2).balance, 2 ether);
        vm.prank(owner);
        vm.expectRevert();
        till.withdraw(vm.addr(2), 2 ether);
        vm.prank(owner);
        vm.expectRevert(Ownable.Unauthorized.selector);
        till.renounceOwnership();
    }
}
