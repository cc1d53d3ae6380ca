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

/// Deposits and withdrawals in any order, some of them nonsense.
contract TillHandler is Base {
    Till public immutable till = new Till(address(this));
    uint256 public deposited;
    uint256 public withdrawn;

    function deposit(uint96 amount, bytes32 memo) external {
        if (amount == 0) return;
        vm.deal(address(this), amount);
        till.deposit{value: amount}(memo);
        deposited += amount;
    }

    function withdraw(uint96 amount, uint8 who) external {
        if (amount > address(till).balance) amount = uint96(address(till).balance);
        till.withdraw(vm.addr(uint256(who) + 1), amount);
        withdrawn += amount;
    }

    function transfer(uint96 amount) external {
        vm.deal(address(this), amount);
        (bool ok,) = address(till).call{value: amount}("");
        vm.assertFalse(ok);
    }

    function withdrawTooMuch(uint96 extra) external {
        try till.withdraw(address(1), address(till).balance + 1 + extra) {
            revert("paid out more than it has");
        } catch {}
    }

    function strangerWithdraws(uint160 who) external {
        if (who == 0 || address(who) == address(this)) return;
        vm.prank(address(who));
        try till.withdraw(address(who), 1) {
            revert("a stranger withdrew");
        } catch {}
    }
}

contract TillInvariantTest is Base {
    TillHandler private handler;

    function setUp() public {
        handler = new TillHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// What the events say came in, less what they say went out, is there.
    function invariantTheTillHoldsWhatItsEventsSay() public view {
        vm.assertEq(address(handler.till()).balance, handler.deposited() - handler.withdrawn());
    }
}
