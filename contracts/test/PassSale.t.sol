// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {PassCollection} from "../src/PassCollection.sol";
import {PassTiers} from "../src/PassTiers.sol";
import {PassToken} from "../src/PassToken.sol";
import {Tier, TierTerms} from "../src/PassTypes.sol";
import {PassFixture} from "./PassFixture.sol";

/// Lets a test stand where 10^8 sales would have brought it.
contract NearTheEnd is PassCollection {
    function setIssued(uint32 issued) external {
        _tiers[1].issued = issued;
    }
}

contract PassSaleTest is PassFixture {
    function testFuzzABuyerGetsWhatTheTierSaid(uint88 price, uint32 duration, uint24 window, address to) public {
        vm.assume(to != address(0));
        TierTerms memory terms = _tier();
        terms.price = price % 100 ether;
        terms.duration = duration;
        terms.refundWindow = uint24(window % (14 days + 1));
        if (duration != 0 && terms.refundWindow > duration) terms.refundWindow = uint24(duration);
        vm.prank(creator);
        passes.addTier(terms);
        vm.prank(collector);
        uint256 tokenId = passes.buy{value: terms.price}(4, to);
        vm.assertEq(tokenId, 400_000_001);
        vm.assertEq(passes.ownerOf(tokenId), to);
        vm.assertEq(passes.expiresAt(tokenId), duration == 0 ? type(uint64).max : NOW + duration);
        vm.assertEq(passes.refundableUntil(tokenId), terms.refundWindow == 0 ? 0 : NOW + terms.refundWindow);
        vm.assertEq(passes.escrowed(), terms.refundWindow == 0 ? 0 : terms.price);
        (address payer, uint256 amount) = passes.refundOf(tokenId);
        vm.assertEq(payer, terms.refundWindow == 0 ? to : collector);
        vm.assertEq(amount, terms.price);
    }

    function testNumbersCountInEachTier() public {
        vm.assertEq(_buy(MOVABLE), FIRST);
        vm.assertEq(_buy(MOVABLE), FIRST + 1);
        vm.assertEq(_buy(PERPETUAL), 300_000_001);
        Tier memory tier = passes.tierOf(MOVABLE);
        vm.assertEq(tier.sold, 2);
        vm.assertEq(tier.issued, 2);
    }

    function testFuzzOnlyTheExactPriceIsTaken(uint64 sent) public {
        vm.assume(sent != PRICE);
        vm.expectRevert(abi.encodeWithSelector(PassTiers.WrongPayment.selector, PRICE));
        passes.buy{value: sent}(MOVABLE, collector);
    }

    function testABuyerPaysNoPriceTheyHaveNotSeen() public {
        vm.prank(creator);
        passes.setSale(MOVABLE, uint88(PRICE + 1), true);
        vm.expectRevert(abi.encodeWithSelector(PassTiers.WrongPayment.selector, PRICE + 1));
        passes.buy{value: PRICE}(MOVABLE, collector);
    }

    function testTheCapHolds() public {
        vm.prank(creator);
        passes.lowerCap(MOVABLE, 2);
        _buy(MOVABLE);
        _buy(MOVABLE);
        vm.expectRevert(PassTiers.SoldOut.selector);
        passes.buy{value: PRICE}(MOVABLE, collector);
    }

    function testTheNumbersOfATierEnd() public {
        NearTheEnd near = new NearTheEnd();
        TierTerms[] memory tiers = new TierTerms[](1);
        tiers[0] = _tier();
        near.initialize(creator, BASE_URL, _terms(), tiers);
        near.setIssued(99_999_998);
        vm.assertEq(near.buy{value: PRICE}(1, collector), 199_999_999);
        vm.expectRevert(PassTiers.SoldOut.selector);
        near.buy{value: PRICE}(1, collector);
    }

    function testAClosedTierSellsNothing() public {
        vm.prank(creator);
        passes.setSale(MOVABLE, uint88(PRICE), false);
        vm.expectRevert(PassTiers.SaleClosed.selector);
        passes.buy{value: PRICE}(MOVABLE, collector);
        vm.prank(creator);
        passes.setSale(MOVABLE, uint88(PRICE), true);
        _buy(MOVABLE);
    }

    function testATierThatIsNotThereSellsNothing() public {
        uint256[3] memory none = [uint256(0), 4, type(uint256).max];
        for (uint256 i; i < none.length; ++i) {
            vm.expectRevert(PassTiers.SaleClosed.selector);
            passes.buy(none[i], collector);
        }
    }

    function testNobodyBuysForNobody() public {
        vm.expectRevert(ERC721.TransferToZeroAddress.selector);
        passes.buy{value: PRICE}(MOVABLE, address(0));
    }

    function testAGiftIsTheReceiversAndItsRefundThePayers() public {
        uint256 tokenId = passes.buy{value: PRICE}(SOULBOUND, collector);
        vm.assertEq(passes.ownerOf(tokenId), collector);
        (address payer,) = passes.refundOf(tokenId);
        vm.assertEq(payer, address(this));
    }

    function testFuzzASoulboundPassNeverMoves(address to, uint40 later) public {
        vm.assume(to != address(0));
        uint256 tokenId = _buy(SOULBOUND);
        vm.assertFalse(passes.isTransferable(tokenId));
        vm.prank(collector);
        passes.approve(other, tokenId);
        vm.warp(NOW + later % (2 * MONTH));
        vm.prank(collector);
        vm.expectRevert(PassToken.NotTransferable.selector);
        passes.transferFrom(collector, to, tokenId);
        vm.prank(other);
        vm.expectRevert(PassToken.NotTransferable.selector);
        passes.safeTransferFrom(collector, to, tokenId);
        vm.assertEq(passes.ownerOf(tokenId), collector);
    }

    /// Whoever holds it then, money goes back where it came from; after the window there is nothing to remember.
    function testFuzzAPassThatMovesKeepsItsPayer(address to, bool late) public {
        vm.assume(to != address(0) && to != collector);
        uint256 tokenId = _buy(MOVABLE);
        vm.assertTrue(passes.isTransferable(tokenId));
        vm.warp(NOW + WINDOW + (late ? 1 : 0));
        vm.prank(collector);
        passes.transferFrom(collector, to, tokenId);
        vm.prank(to);
        passes.transferFrom(to, other, tokenId);
        vm.assertEq(passes.ownerOf(tokenId), other);
        (address payer,) = passes.refundOf(tokenId);
        vm.assertEq(payer, late ? other : collector);
        vm.assertEq(passes.expiresAt(tokenId), NOW + MONTH);
    }

    function testAPassThatIsNotThereIsNothing() public {
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.isTransferable(FIRST);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.refundableUntil(FIRST);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.refundOf(FIRST);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.tokenURI(FIRST);
    }
}
