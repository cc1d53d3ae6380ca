// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {IERC5643} from "../src/interfaces/IERC5643.sol";
import {PassSubscription} from "../src/PassSubscription.sol";
import {PassTiers} from "../src/PassTiers.sol";
import {PassToken} from "../src/PassToken.sol";
import {Vm} from "./Base.sol";
import {PassFixture} from "./PassFixture.sol";

contract PassSubscriptionTest is PassFixture {
    uint256 private tokenId;

    function setUp() public override {
        super.setUp();
        tokenId = _buy(MOVABLE);
    }

    function testFuzzARenewalAddsToWhatIsLeftOrStartsNow(uint32 waited, uint8 periods) public {
        vm.assume(periods > 0);
        uint256 time = NOW + WINDOW + 1 + waited % (3 * MONTH);
        vm.warp(time);
        uint256 before = passes.expiresAt(tokenId);
        _renew(periods);
        vm.assertEq(passes.expiresAt(tokenId), (before > time ? before : time) + periods * MONTH);
    }

    function testTheLastSecondOfThePassStillCounts() public {
        vm.warp(NOW + MONTH);
        _renew(1);
        vm.assertEq(passes.expiresAt(tokenId), NOW + 2 * MONTH);
    }

    function testARenewalCostsTodaysPrice() public {
        vm.warp(NOW + WINDOW + 1);
        vm.prank(creator);
        passes.setSale(MOVABLE, 7, true);
        _expectRenewRefused(PRICE, MONTH, abi.encodeWithSelector(PassTiers.WrongPayment.selector, 7));
        _expectRenewRefused(7, 2 * MONTH, abi.encodeWithSelector(PassTiers.WrongPayment.selector, 14));
        passes.renewSubscription{value: 14}(tokenId, uint64(2 * MONTH));
        vm.assertEq(passes.expiresAt(tokenId), NOW + 3 * MONTH);
    }

    function testFuzzOnlyWholePeriodsAreSold(uint64 duration) public {
        vm.assume(duration % MONTH != 0);
        vm.warp(NOW + WINDOW + 1);
        _expectRenewRefused(duration / MONTH * PRICE, duration, PassSubscription.BadDuration.selector);
        _expectRenewRefused(0, 0, PassSubscription.BadDuration.selector);
    }

    /// 2^40 - 1 means never, so a time that is counted stays below.
    function testNothingIsRenewedPastTheEndOfTheClock() public {
        vm.warp(NOW + WINDOW + 1);
        vm.prank(creator);
        passes.setSale(MOVABLE, 0, true);
        uint256 most = (type(uint40).max - 1 - passes.expiresAt(tokenId)) / MONTH;
        _expectRenewRefused(0, (most + 1) * MONTH, PassSubscription.BadDuration.selector);
        _expectRenewRefused(0, type(uint64).max / MONTH * MONTH, PassSubscription.BadDuration.selector);
        passes.renewSubscription(tokenId, uint64(most * MONTH));
        vm.assertEq(passes.expiresAt(tokenId), NOW + (most + 1) * MONTH);
    }

    function testTheVeryLastSecondOfTheClockIsRefused() public {
        vm.prank(creator);
        passes.setSale(MOVABLE, 0, true);
        vm.warp(type(uint40).max - MONTH);
        _expectRenewRefused(0, MONTH, PassSubscription.BadDuration.selector);
        vm.warp(type(uint40).max - MONTH - 1);
        passes.renewSubscription(tokenId, uint64(MONTH));
        vm.assertEq(passes.expiresAt(tokenId), type(uint40).max - 1);
    }

    function testThereIsNoRenewalWhileTheMoneyCanBeAskedBack() public {
        vm.warp(NOW + WINDOW);
        vm.assertFalse(passes.isRenewable(tokenId));
        _expectRenewRefused(PRICE, MONTH, PassSubscription.NotRenewable.selector);
        vm.warp(NOW + WINDOW + 1);
        vm.assertTrue(passes.isRenewable(tokenId));
        _renew(1);
    }

    function testAClosedTierAndOneWithoutEndRenewNothing() public {
        vm.warp(NOW + WINDOW + 1);
        vm.prank(creator);
        passes.setSale(MOVABLE, uint88(PRICE), false);
        vm.assertFalse(passes.isRenewable(tokenId));
        _expectRenewRefused(PRICE, MONTH, PassSubscription.NotRenewable.selector);
        tokenId = _buy(PERPETUAL);
        vm.assertFalse(passes.isRenewable(tokenId));
        _expectRenewRefused(PRICE, MONTH, PassSubscription.NotRenewable.selector);
    }

    function testARenewalIsTheCreatorsAtOnce() public {
        vm.warp(NOW + WINDOW + 1);
        _buy(MOVABLE);
        passes.renewSubscription{value: 3 * PRICE}(tokenId, uint64(3 * MONTH));
        vm.prank(creator);
        passes.withdraw(creator);
        vm.assertEq(creator.balance, 3 * PRICE);
    }

    function testFuzzAnyonePaysForARenewal(address who) public {
        vm.assume(who != address(0));
        vm.warp(NOW + WINDOW + 1);
        vm.deal(who, PRICE);
        vm.prank(who);
        passes.renewSubscription{value: PRICE}(tokenId, uint64(MONTH));
        vm.assertEq(passes.ownerOf(tokenId), collector);
    }

    function testACancelledPassIsOverAndMayStartAgain() public {
        vm.prank(collector);
        passes.cancelSubscription(tokenId);
        vm.assertEq(passes.expiresAt(tokenId), 0);
        vm.assertEq(passes.refundableUntil(tokenId), NOW + WINDOW);
        vm.warp(NOW + WINDOW + 1);
        _renew(1);
        vm.assertEq(passes.expiresAt(tokenId), NOW + WINDOW + 1 + MONTH);
    }

    function testOnlyTheHolderCancels() public {
        vm.prank(collector);
        passes.setApprovalForAll(other, true);
        vm.prank(collector);
        passes.approve(address(this), tokenId);
        vm.expectRevert(PassToken.OnlyHolder.selector);
        passes.cancelSubscription(tokenId);
        vm.prank(other);
        vm.expectRevert(PassToken.OnlyHolder.selector);
        passes.cancelSubscription(tokenId);
        vm.prank(collector);
        vm.expectRevert(abi.encodeWithSelector(PassTiers.WrongPayment.selector, 0));
        passes.cancelSubscription{value: 1}(tokenId);
    }

    function testEveryChangeOfTheExpiryIsTold() public {
        vm.recordLogs();
        _buy(PERPETUAL);
        _expectExpiryTold(300_000_001, type(uint64).max, false);
        vm.recordLogs();
        uint256 another = _buy(MOVABLE);
        _expectExpiryTold(another, NOW + MONTH, false);
        vm.warp(NOW + WINDOW + 1);
        vm.recordLogs();
        _renew(1);
        _expectExpiryTold(tokenId, NOW + 2 * MONTH, true);
        vm.recordLogs();
        vm.prank(collector);
        passes.cancelSubscription(tokenId);
        _expectExpiryTold(tokenId, 0, true);
    }

    function testAPassThatIsNotThereIsNoSubscription() public {
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.expiresAt(1);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.isRenewable(1);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.renewSubscription(1, uint64(MONTH));
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.cancelSubscription(1);
    }

    function _renew(uint256 periods) private {
        passes.renewSubscription{value: periods * PRICE}(tokenId, uint64(periods * MONTH));
    }

    function _expectRenewRefused(uint256 sent, uint256 duration, bytes4 why) private {
        _expectRenewRefused(sent, duration, abi.encodeWithSelector(why));
    }

    function _expectRenewRefused(uint256 sent, uint256 duration, bytes memory why) private {
        vm.deal(address(this), sent);
        vm.expectRevert(why);
        passes.renewSubscription{value: sent}(tokenId, uint64(duration));
        vm.deal(address(this), 1000 ether);
    }

    /// Of ERC-5643, and of ERC-4906 where metadata that was there has changed.
    function _expectExpiryTold(uint256 pass, uint256 expiry, bool changed) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (uint256 told, uint256 updates) = (0, 0);
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] == IERC5643.SubscriptionUpdate.selector) {
                vm.assertEq(uint256(logs[i].topics[1]), pass);
                vm.assertEq(abi.decode(logs[i].data, (uint256)), expiry);
                ++told;
            }
            if (logs[i].topics[0] == keccak256("MetadataUpdate(uint256)")) {
                vm.assertEq(abi.decode(logs[i].data, (uint256)), pass);
                ++updates;
            }
        }
        vm.assertEq(told, 1);
        vm.assertEq(updates, changed ? 1 : 0);
    }
}
