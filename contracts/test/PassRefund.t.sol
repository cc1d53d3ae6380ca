// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {PassCollection} from "../src/PassCollection.sol";
import {PassRefunds} from "../src/PassRefunds.sol";
import {PassToken} from "../src/PassToken.sol";
import {Refund, TierTerms} from "../src/PassTypes.sol";
import {PassFixture} from "./PassFixture.sol";

contract ContractSigner {
    function isValidSignature(bytes32, bytes calldata signature) external pure returns (bytes4) {
        return keccak256(signature) == keccak256("yes") ? bytes4(0x1626ba7e) : bytes4(0);
    }
}

/// The statement, the window and the pass. Where the money goes is in PassMoney.t.sol.
contract PassRefundTest is PassFixture {
    uint256 private tokenId;

    function setUp() public override {
        super.setUp();
        tokenId = _buy(MOVABLE);
    }

    function testARefundReturnsWhatWasPaidAndBurnsThePass() public {
        uint256 before = collector.balance;
        _refund(tokenId, collector);
        vm.assertEq(collector.balance, before + PRICE);
        vm.assertEq(address(passes).balance, 0);
        vm.assertEq(passes.escrowed(), 0);
        vm.assertEq(passes.balanceOf(collector), 0);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.ownerOf(tokenId);
    }

    function testARefundFreesThePlaceButNotTheNumber() public {
        vm.prank(creator);
        passes.lowerCap(MOVABLE, 1);
        _refund(tokenId, collector);
        vm.assertEq(passes.tierOf(MOVABLE).sold, 0);
        vm.assertEq(_buy(MOVABLE), FIRST + 1);
        vm.assertEq(passes.tierOf(MOVABLE).sold, 1);
        vm.assertEq(passes.tierOf(MOVABLE).issued, 2);
    }

    function testFuzzAChangedPriceChangesNoRefund(uint88[3] memory prices) public {
        for (uint256 i; i < prices.length; ++i) {
            prices[i] %= 100 ether;
            vm.prank(creator);
            passes.setSale(MOVABLE, prices[i], true);
            passes.buy{value: prices[i]}(MOVABLE, collector);
        }
        for (uint256 i; i < prices.length; ++i) {
            uint256 before = address(this).balance;
            _refund(tokenId + 1 + i, collector);
            vm.assertEq(address(this).balance, before + prices[i]);
        }
        vm.assertEq(passes.escrowed(), PRICE);
    }

    function testFuzzTheWindowEndsAfterItsLastSecond(uint24 window, uint40 start) public {
        vm.assume(window > 0);
        TierTerms memory terms = _tier();
        terms.refundWindow = uint24(window % (14 days) + 1);
        vm.prank(creator);
        passes.addTier(terms);
        uint256 time = NOW + start % 365 days;
        vm.warp(time);
        uint256 one = _buy(4);
        uint256 two = _buy(4);
        vm.warp(time + terms.refundWindow);
        _refund(one, collector);
        vm.warp(time + terms.refundWindow + 1);
        _expectRefundRefused(two, collector, PassRefunds.RefundClosed.selector);
    }

    function testATierWithoutAWindowRefundsNothing() public {
        _expectRefundRefused(_buy(PERPETUAL), collector, PassRefunds.RefundClosed.selector);
    }

    function testAStatementIsGoodUntilItsLastSecond() public {
        uint64 deadline = _deadline();
        bytes memory statement = _statement(tokenId, collector);
        vm.warp(deadline + 1);
        vm.prank(collector);
        vm.expectRevert(abi.encodeWithSelector(PassRefunds.DeadlinePassed.selector, deadline));
        passes.refund(tokenId, deadline, statement);
        vm.warp(deadline);
        vm.prank(collector);
        passes.refund(tokenId, deadline, statement);
    }

    function testACancelledPassIsRefundedTooAtThePriceItWasBoughtFor() public {
        vm.prank(creator);
        passes.setSale(MOVABLE, 7, true);
        uint256 later = passes.buy{value: 7}(MOVABLE, collector);
        vm.prank(collector);
        passes.cancelSubscription(later);
        uint256 before = address(this).balance;
        _refund(later, collector);
        vm.assertEq(address(this).balance, before + 7);
    }

    function testACompactSignatureCounts() public {
        Refund memory statement = Refund(tokenId, collector, _deadline());
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PLATFORM_KEY, passes.refundDigestOf(statement));
        vm.prank(collector);
        passes.refund(tokenId, statement.deadline, abi.encodePacked(r, bytes32((uint256(v - 27) << 255) | uint256(s))));
        vm.assertEq(passes.balanceOf(collector), 0);
    }

    function testFuzzOnlyTheHolderSubmits(address who) public {
        vm.assume(who != collector);
        vm.prank(collector);
        passes.setApprovalForAll(other, true);
        bytes memory statement = _statement(tokenId, collector);
        vm.prank(who);
        vm.expectRevert(PassToken.OnlyHolder.selector);
        passes.refund(tokenId, _deadline(), statement);
        vm.prank(other);
        vm.expectRevert(PassToken.OnlyHolder.selector);
        passes.refund(tokenId, _deadline(), statement);
    }

    /// Every bit of every field, and of the signature.
    function testFuzzAnyOtherBitIsAnotherStatement(uint256 bit) public {
        Refund memory statement = Refund(tokenId, collector, _deadline());
        bytes32 digest = passes.refundDigestOf(statement);
        Refund memory changed = Refund(tokenId ^ (1 << (bit % 256)), collector, statement.deadline);
        vm.assertTrue(passes.refundDigestOf(changed) != digest);
        changed = Refund(tokenId, address(uint160(collector) ^ uint160(1 << (bit % 160))), statement.deadline);
        _expectBadSignature(statement, _signed(PLATFORM_KEY, changed));
        changed = Refund(tokenId, collector, statement.deadline ^ uint64(1 << (bit % 64)));
        _expectBadSignature(statement, _signed(PLATFORM_KEY, changed));
        _expectBadSignature(
            statement, _signed(PLATFORM_KEY, Refund(tokenId ^ (1 << (bit % 256)), collector, _deadline()))
        );
        bytes memory signature = _signed(PLATFORM_KEY, statement);
        uint256 place = bit % (65 * 8);
        signature[place / 8] ^= bytes1(uint8(1 << (place % 8)));
        _expectBadSignature(statement, signature);
    }

    function testFuzzOnlyThePlatformSigns(uint256 key) public {
        key = key % 1e18 + 1;
        vm.assume(key != PLATFORM_KEY);
        Refund memory statement = Refund(tokenId, collector, _deadline());
        _expectBadSignature(statement, _signed(key, statement));
        _expectBadSignature(statement, "");
        _expectBadSignature(statement, new bytes(65));
    }

    function testAContractMaySignForThePlatform() public {
        address signer = address(new ContractSigner());
        vm.prank(platformOwner);
        factory.setPlatformSigner(signer);
        _expectBadSignature(Refund(tokenId, collector, _deadline()), "no");
        vm.prank(collector);
        passes.refund(tokenId, _deadline(), "yes");
    }

    function testChangingThePlatformKeyVoidsItsStatements() public {
        Refund memory statement = Refund(tokenId, collector, _deadline());
        bytes memory signature = _signed(PLATFORM_KEY, statement);
        address[2] memory keys = [vm.addr(7), address(0)];
        for (uint256 i; i < keys.length; ++i) {
            vm.prank(platformOwner);
            factory.setPlatformSigner(keys[i]);
            _expectBadSignature(statement, signature);
        }
        _expectBadSignature(statement, ""); // recovers to zero, and zero is no key
        vm.prank(platformOwner);
        factory.setPlatformSigner(vm.addr(PLATFORM_KEY));
        vm.prank(collector);
        passes.refund(tokenId, statement.deadline, signature);
    }

    function testAStatementServesOnce() public {
        bytes memory statement = _statement(tokenId, collector);
        _refund(tokenId, collector);
        _buy(MOVABLE);
        vm.prank(collector);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        passes.refund(tokenId, _deadline(), statement);
    }

    function testAStatementDoesNotTravelWithThePass() public {
        bytes memory statement = _statement(tokenId, collector);
        vm.prank(collector);
        passes.transferFrom(collector, other, tokenId);
        vm.prank(collector);
        vm.expectRevert(PassToken.OnlyHolder.selector);
        passes.refund(tokenId, _deadline(), statement);
        vm.prank(other);
        vm.expectRevert(PassRefunds.BadRefundSignature.selector);
        passes.refund(tokenId, _deadline(), statement);
        uint256 before = collector.balance;
        _refund(tokenId, other);
        vm.assertEq(collector.balance, before + PRICE);
    }

    function testOtherPassesAndOtherChainsRefuseAStatement() public {
        bytes memory statement = _statement(tokenId, collector);
        PassCollection first = passes;
        passes = _create("second");
        vm.assertEq(_buy(MOVABLE), tokenId);
        _expectBadSignature(Refund(tokenId, collector, _deadline()), statement);
        passes = first;
        vm.chainId(1);
        _expectBadSignature(Refund(tokenId, collector, _deadline()), statement);
        vm.chainId(31337);
        vm.prank(collector);
        passes.refund(tokenId, _deadline(), statement);
    }

    /// The value is that of lib/protocol/pass-refund.test.ts, as viem computes it.
    function testTheDigestEqualsViem() public {
        address payable place = payable(0x1a7a9110c0ffEE00000000000000000000000001);
        vm.etch(place, address(passes).code);
        Refund memory statement = Refund(100_000_001, 0x00000000000000000000000000000000C011Ec70, 1_800_000_900);
        vm.assertEq(
            PassCollection(place).refundDigestOf(statement),
            0x4520b89f5c6bb5340d479de477c686e5ad6ac716ce131c8ae4e44a8677ee3652
        );
    }

    /// The tests' own account takes refunds of the gifts it paid for.
    receive() external payable {}

    function _expectBadSignature(Refund memory statement, bytes memory signature) private {
        vm.prank(collector);
        vm.expectRevert(PassRefunds.BadRefundSignature.selector);
        passes.refund(statement.token, statement.deadline, signature);
    }
}
