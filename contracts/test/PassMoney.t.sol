// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Held} from "../src/lib/Escrow.sol";
import {PassCollection} from "../src/PassCollection.sol";
import {PassRefunds} from "../src/PassRefunds.sol";
import {TierTerms} from "../src/PassTypes.sol";
import {CollectionTerms} from "../src/Types.sol";
import {PassFixture} from "./PassFixture.sol";
import {Burning, Reentrant, Refusing} from "./PassPayers.sol";

/// Where the money is, and whose.
contract PassMoneyTest is PassFixture {
    Held private held;
    uint256[] private amounts;
    uint256[] private times;

    /// The creator gets a purchase between one and two windows after it was made, and not while it can be asked back.
    function testFuzzTheCreatorTakesOnlyWhatIsEarned(uint40 start, uint40 later) public {
        uint256 time = NOW + start % 365 days;
        vm.warp(time);
        _buy(MOVABLE);
        uint256 now_ = time + later % (3 * WINDOW);
        vm.warp(now_);
        bool earned = now_ / WINDOW > time / WINDOW + 1;
        if (now_ <= time + WINDOW) vm.assertFalse(earned);
        if (now_ >= time + 2 * WINDOW) vm.assertTrue(earned);
        _withdraw();
        vm.assertEq(creator.balance, earned ? PRICE : 0);
        vm.assertEq(address(passes).balance, earned ? 0 : PRICE);
    }

    /// Two sums against a list of all payments: nothing is free in its window, all of it is after two.
    function testFuzzTheEscrowNeverHoldsTooLittle(uint32[8] memory waits, uint96[8] memory paid, uint24 window) public {
        uint256 length = uint256(window) % 14 days + 1;
        for (uint256 i; i < waits.length; ++i) {
            vm.warp(block.timestamp + waits[i] % (2 * length));
            held = held.add(length, paid[i]);
            amounts.push(paid[i]);
            times.push(block.timestamp);
            (uint256 least, uint256 most) = (0, 0);
            for (uint256 j; j <= i; ++j) {
                if (block.timestamp <= times[j] + length) least += amounts[j];
                if (block.timestamp < times[j] + 2 * length) most += amounts[j];
            }
            vm.assertLe(least, held.sum(length), "too little");
            vm.assertLe(held.sum(length), most, "too long");
        }
        uint256 last = times.length - 1;
        vm.warp(times[last] + waits[0] % (length + 1));
        uint256 before = held.sum(length);
        held = held.remove(length, times[last], amounts[last]);
        vm.assertEq(held.sum(length), before - amounts[last]);
    }

    function testARefundOfTheSpanBeforeTakesFromThatSpan() public {
        uint256 spanStart = NOW / WINDOW * WINDOW + WINDOW;
        vm.warp(spanStart + 10);
        uint256 early = _buy(MOVABLE);
        _buy(MOVABLE);
        vm.warp(spanStart + WINDOW + 5);
        uint256 late = _buy(MOVABLE);
        _refund(early, collector);
        vm.assertEq(passes.escrowed(), 2 * PRICE);
        _refund(late, collector);
        vm.assertEq(passes.escrowed(), PRICE);
        vm.warp(spanStart + 2 * WINDOW);
        vm.assertEq(passes.escrowed(), 0);
        _withdraw();
        vm.assertEq(creator.balance, PRICE);
    }

    function testATierWithoutAWindowEarnsAtOnce() public {
        _buy(PERPETUAL);
        _withdraw();
        vm.assertEq(creator.balance, PRICE);
    }

    function testRoyaltiesAreTheCreatorsAtOnce() public {
        _buy(MOVABLE);
        (bool ok,) = address(passes).call{value: 1 ether}("");
        vm.assertTrue(ok);
        _withdraw();
        vm.assertEq(creator.balance, 1 ether);
    }

    /// However many tiers there are, the money can be taken.
    function testAWithdrawalFromAllTiersStaysBelow250000() public {
        for (uint256 n = 4; n <= 32; ++n) {
            vm.prank(creator);
            passes.addTier(_tier());
            passes.buy{value: PRICE}(n, collector);
        }
        vm.warp(NOW + 2 * WINDOW);
        _withdraw();
        vm.assertLe(vm.lastCallGas().gasTotalUsed, 250_000, "gas");
        vm.assertEq(creator.balance, 29 * PRICE);
    }

    function testAFreePassIsGivenBackForNothing() public {
        TierTerms memory terms = _tier();
        terms.price = 0;
        vm.prank(creator);
        passes.addTier(terms);
        uint256 tokenId = passes.buy(4, collector);
        _refund(tokenId, collector);
        vm.assertEq(passes.balanceOf(collector), 0);
    }

    function testAPayerThatRefusesIsCredited() public {
        Refusing payer = new Refusing();
        _creditTo(payer);
        _withdraw();
        vm.assertEq(creator.balance, 0);
        vm.expectRevert(SafeTransferLib.ETHTransferFailed.selector);
        payer.claim(passes, address(payer));
        payer.claim(passes, other);
        vm.assertEq(other.balance, 1000 ether + PRICE);
        vm.assertEq(passes.totalCredits(), 0);
        vm.assertEq(passes.creditOf(address(payer)), 0);
        vm.expectRevert(PassRefunds.NothingToClaim.selector);
        payer.claim(passes, other);
    }

    function testAPayerThatBurnsGasIsCreditedAndCostsLittle() public {
        uint256 tokenId = new Burning().buy{value: PRICE}(passes, MOVABLE, collector);
        _refund(tokenId, collector);
        vm.assertLe(vm.lastCallGas().gasTotalUsed, 250_000, "gas");
        vm.assertEq(passes.totalCredits(), PRICE);
    }

    function testFuzzNobodyClaimsAnothersCredit(address who) public {
        Refusing payer = new Refusing();
        vm.assume(who != address(payer));
        _creditTo(payer);
        vm.prank(who);
        vm.expectRevert(PassRefunds.NothingToClaim.selector);
        passes.claimRefund(who);
    }

    /// The creator, who is the payer too, calls back while being paid: a withdrawal then finds what was there before, no more.
    function testAWithdrawalInsideARefundTakesNothingOfOthers() public {
        Reentrant payer = _reentrant();
        _handOver(passes, address(payer));
        uint256 tokenId = payer.buy{value: PRICE}(passes, MOVABLE, collector);
        _buy(MOVABLE);
        payer.prepare(passes, abi.encodeCall(passes.withdraw, (address(payer))));
        _refund(tokenId, collector);
        vm.assertTrue(payer.succeeded());
        vm.assertEq(payer.received(), PRICE);
        vm.assertEq(address(passes).balance, PRICE);
        vm.assertEq(passes.escrowed(), PRICE);
    }

    function testAClaimInsideAClaimFindsNothing() public {
        Reentrant payer = new Reentrant();
        Refusing another = new Refusing();
        _refund(payer.buy{value: PRICE}(passes, MOVABLE, collector), collector);
        _refund(another.buy{value: PRICE}(passes, MOVABLE, collector), collector);
        vm.assertEq(passes.totalCredits(), 2 * PRICE);
        payer.setOpen(true);
        payer.prepare(passes, abi.encodeCall(passes.claimRefund, (address(payer))));
        payer.claim(passes, address(payer));
        vm.assertFalse(payer.succeeded());
        vm.assertEq(payer.received(), PRICE);
        vm.assertEq(passes.creditOf(address(another)), PRICE);
        vm.assertEq(address(passes).balance, PRICE);
    }

    function testARefundInsideARefundFindsNoPass() public {
        Reentrant payer = _reentrant();
        uint256 tokenId = payer.buy{value: PRICE}(passes, MOVABLE, address(payer));
        _buy(MOVABLE);
        bytes memory again = abi.encodeCall(passes.refund, (tokenId, _deadline(), _statement(tokenId, address(payer))));
        payer.prepare(passes, again);
        payer.run(again);
        vm.assertFalse(payer.succeeded());
        vm.assertEq(payer.received(), PRICE);
        vm.assertEq(passes.escrowed(), PRICE);
    }

    function testTheMoneyOfAPayoutGoesNowhereElse() public {
        address split = vm.addr(0x5917);
        CollectionTerms memory terms = _terms();
        terms.payout = split;
        TierTerms[] memory tiers = new TierTerms[](1);
        tiers[0] = _tier();
        vm.prank(creator);
        PassCollection shared = PassCollection(factory.createPasses("shared", BASE_URL, terms, tiers));
        shared.buy{value: PRICE}(MOVABLE, collector);
        shared.withdraw(split);
        vm.assertEq(split.balance, 0);
        vm.warp(NOW + 2 * WINDOW);
        shared.withdraw(split);
        vm.assertEq(split.balance, PRICE);
    }

    function _reentrant() private returns (Reentrant payer) {
        payer = new Reentrant();
        payer.setOpen(true);
    }

    function _creditTo(Refusing payer) private {
        uint256 tokenId = payer.buy{value: PRICE}(passes, MOVABLE, collector);
        _refund(tokenId, collector);
        vm.assertEq(passes.creditOf(address(payer)), PRICE);
        vm.assertEq(passes.totalCredits(), PRICE);
        vm.assertEq(passes.escrowed(), 0);
        vm.assertEq(address(passes).balance, PRICE);
    }

    function _withdraw() private {
        vm.prank(creator);
        passes.withdraw(creator);
    }
}
