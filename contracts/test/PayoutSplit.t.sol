// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ReentrancyGuardTransient} from "solady/utils/ReentrancyGuardTransient.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Shares} from "../src/lib/Shares.sol";
import {PayoutSplit, Receiver} from "../src/PayoutSplit.sol";
import {Vm} from "./Base.sol";
import {Splits} from "./PayoutSplitFactory.t.sol";
import {CallingToken, FalseToken, FeeToken, Forcer, NoReturnToken, StandardToken} from "./Tokens.sol";

/// Refuses ETH, and can say where its part shall go.
contract Refuser {
    function claim(PayoutSplit split, address asset, address to) external returns (uint256) {
        return split.claim(asset, to);
    }
}

/// Takes its part, and asks for everything again meanwhile.
contract Reentrant {
    bytes4 public refusal;

    receive() external payable {
        (, bytes memory why) = msg.sender.call(abi.encodeCall(PayoutSplit.release, (address(0), address(this))));
        refusal = bytes4(why);
    }
}

contract PayoutSplitTest is Splits {
    address private constant ETH = address(0);
    address private alice = vm.addr(0xA);
    address private bob = vm.addr(0xB);
    PayoutSplit private split = _create(_sorted(_list(alice, 2_500, bob, 7_500)));
    StandardToken private token = new StandardToken();

    function setUp() public {
        vm.deal(address(this), type(uint128).max);
    }

    function testFuzzETHIsPaidOutWhole(uint256 seed, uint96 first, uint96 second) public {
        Receiver[] memory list = _anyList(seed);
        // Before it is made, by a plain transfer, and against its will.
        _send(factory.splitOf(list), first % 3);
        PayoutSplit any = _create(list);
        _send(address(any), first);
        _releaseAll(any, ETH, list);
        new Forcer{value: second}(payable(address(any)));
        uint256 start;
        for (uint256 i = 0; i < list.length; ++i) {
            uint256 due = Shares.due(uint256(first) + first % 3 + second, start, list[i].share);
            vm.assertEq(any.claimed(ETH, list[i].account) + any.claimable(ETH, list[i].account), due);
            start += list[i].share;
        }
        _releaseAll(any, ETH, list);
        vm.assertEq(address(any).balance, 0);
        vm.assertEq(any.totalReceived(ETH), uint256(first) + first % 3 + second);
        vm.assertEq(any.totalClaimed(ETH), any.totalReceived(ETH));
    }

    function testFuzzATokenIsPaidOutWhole(uint256 seed, uint96 first, uint96 second) public {
        Receiver[] memory list = _anyList(seed);
        PayoutSplit any = _create(list);
        token.mint(address(any), first);
        _releaseAll(any, address(token), list);
        token.mint(address(any), second);
        _releaseAll(any, address(token), list);
        uint256 sum;
        for (uint256 i = 0; i < list.length; ++i) {
            sum += token.balanceOf(list[i].account);
            vm.assertEq(token.balanceOf(list[i].account), any.claimed(address(token), list[i].account));
        }
        vm.assertEq(sum, uint256(first) + second);
        vm.assertEq(token.balanceOf(address(any)), 0);
    }

    function testFuzzAnyoneReleasesButToTheReceiverOnly(address anyone, uint96 amount) public {
        vm.assume(amount > 3_333);
        _send(address(split), amount);
        uint256 due = split.claimable(ETH, bob);
        vm.recordLogs();
        vm.prank(anyone);
        vm.assertEq(split.release(ETH, bob), due);
        vm.assertEq(bob.balance, due);
        _assertPaid(ETH, bob, bob, due);
    }

    function testFuzzOnlyTheReceiverNamesAnotherAddress(address stranger, address to, uint96 amount) public {
        vm.assume(amount > 10_000 && stranger != alice && stranger != bob);
        token.mint(address(split), amount);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(PayoutSplit.NotAReceiver.selector, stranger));
        split.claim(address(token), to);
        vm.assume(to != address(split));
        uint256 before = token.balanceOf(to);
        uint256 due = split.claimable(address(token), alice);
        vm.recordLogs();
        vm.prank(alice);
        vm.assertEq(split.claim(address(token), to), due);
        vm.assertEq(token.balanceOf(to) - before, due);
        _assertPaid(address(token), alice, to, due);
        // Bob's part is as it was.
        vm.assertEq(split.claimable(address(token), bob), amount - due);
    }

    function testFuzzWhoIsNotOnTheListIsRefused(address stranger) public {
        vm.assume(stranger != alice && stranger != bob);
        _send(address(split), 1 ether);
        bytes memory refusal = abi.encodeWithSelector(PayoutSplit.NotAReceiver.selector, stranger);
        vm.expectRevert(refusal);
        split.release(ETH, stranger);
        vm.expectRevert(refusal);
        split.claimable(ETH, stranger);
    }

    function testNothingIsPaidTwice() public {
        vm.expectRevert(PayoutSplit.NothingDue.selector);
        split.release(ETH, alice);
        _send(address(split), 1 ether);
        split.release(ETH, alice);
        vm.expectRevert(PayoutSplit.NothingDue.selector);
        split.release(ETH, alice);
        vm.prank(alice);
        vm.expectRevert(PayoutSplit.NothingDue.selector);
        split.claim(ETH, alice);
        vm.assertEq(alice.balance, 0.25 ether);
    }

    function testAReceiverThatRefusesETHBlocksNobodyAndClaimsElsewhere() public {
        Refuser refuser = new Refuser();
        PayoutSplit any = _create(_sorted(_list(address(refuser), 4_000, bob, 6_000)));
        _send(address(any), 1 ether);
        vm.expectRevert(SafeTransferLib.ETHTransferFailed.selector);
        any.release(ETH, address(refuser));
        any.release(ETH, bob);
        vm.assertEq(bob.balance, 0.6 ether);
        vm.assertEq(refuser.claim(any, ETH, alice), 0.4 ether);
        vm.assertEq(alice.balance, 0.4 ether);
        vm.assertEq(address(any).balance, 0);
    }

    function testAReceiverThatAsksAgainIsPaidOnce() public {
        Reentrant again = new Reentrant();
        PayoutSplit any = _create(_sorted(_list(address(again), 5_000, bob, 5_000)));
        _send(address(any), 1 ether);
        any.release(ETH, address(again));
        vm.assertEq(address(again).balance, 0.5 ether);
        vm.assertTrue(again.refusal() == ReentrancyGuardTransient.Reentrancy.selector);
    }

    /// Alice is booked, her money is still here, and so would be counted twice when Bob asks.
    function testATokenThatCallsBackGivesNobodyMore() public {
        CallingToken hostile = new CallingToken();
        hostile.mint(address(split), 10_000);
        hostile.callBack(address(split), abi.encodeCall(PayoutSplit.release, (address(hostile), bob)));
        split.release(address(hostile), alice);
        vm.assertTrue(hostile.refusal() == ReentrancyGuardTransient.Reentrancy.selector);
        vm.assertEq(hostile.balanceOf(alice), 2_500);
        vm.assertEq(split.claimable(address(hostile), bob), 7_500);
    }

    function testATokenWithoutReturnValuesIsPaidOut() public {
        NoReturnToken old = new NoReturnToken();
        old.mint(address(split), 10_001);
        split.release(address(old), alice);
        split.release(address(old), bob);
        vm.assertEq(old.balanceOf(alice) + old.balanceOf(bob), 10_001);
    }

    function testFuzzOfATokenThatTakesAFeeWhatArrivedIsDivided(uint96 amount) public {
        vm.assume(amount > 20_000);
        FeeToken fee = new FeeToken();
        fee.mint(address(this), amount);
        fee.transfer(address(split), amount);
        vm.assertEq(split.totalReceived(address(fee)), amount - amount / 100);
        split.release(address(fee), alice);
        split.release(address(fee), bob);
        vm.assertEq(fee.balanceOf(address(split)), 0);
    }

    function testATokenThatSaysNoLeavesTheBooksAsTheyWere() public {
        address no = address(new FalseToken());
        vm.expectRevert(SafeTransferLib.TransferFailed.selector);
        split.release(no, alice);
        vm.assertEq(split.claimed(no, alice) + split.totalClaimed(no), 0);
        _send(address(split), 1 ether);
        split.release(ETH, alice);
        vm.assertEq(alice.balance, 0.25 ether);
    }

    function testFuzzOfATokenThatShrinksNobodyIsPaidMoreThanIsThere(uint96 first, uint96 lost) public {
        vm.assume(first > 20_000);
        token.mint(address(split), first);
        split.release(address(token), alice);
        lost = uint96(lost % (token.balanceOf(address(split)) + 1));
        token.burn(address(split), lost);
        uint256 left = first - lost;
        // Alice was paid out of a larger sum, and waits until it is reached again.
        vm.assertEq(split.claimable(address(token), alice), 0);
        vm.assertLe(split.claimable(address(token), bob), left, "more to Bob");
        token.mint(address(split), lost);
        split.release(address(token), bob);
        vm.assertEq(token.balanceOf(address(split)), 0);
    }

    function testASplitMayReceiveFromASplit() public {
        PayoutSplit outer = _create(_sorted(_list(address(split), 4_000, vm.addr(0xC), 6_000)));
        _send(address(outer), 1 ether);
        outer.release(ETH, address(split));
        split.release(ETH, bob);
        vm.assertEq(bob.balance, 0.3 ether);
    }

    function _send(address to, uint256 amount) private {
        SafeTransferLib.safeTransferETH(to, amount);
    }

    function _releaseAll(PayoutSplit any, address asset, Receiver[] memory list) private {
        for (uint256 i = 0; i < list.length; ++i) {
            if (any.claimable(asset, list[i].account) > 0) any.release(asset, list[i].account);
        }
    }

    function _assertPaid(address asset, address receiver, address to, uint256 amount) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs[0].emitter, address(split));
        vm.assertEq(logs[0].topics[0], keccak256("Paid(address,address,address,uint256)"));
        vm.assertEq(logs[0].topics[1], bytes32(uint256(uint160(asset))));
        vm.assertEq(logs[0].topics[2], bytes32(uint256(uint160(receiver))));
        vm.assertEq(logs[0].data, abi.encode(to, amount));
    }
}
