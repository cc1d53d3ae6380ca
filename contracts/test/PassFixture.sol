// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PassCollection} from "../src/PassCollection.sol";
import {PassFactory} from "../src/PassFactory.sol";
import {Refund, TierTerms} from "../src/PassTypes.sol";
import {CollectionTerms} from "../src/Types.sol";
import {Base} from "./Base.sol";

/// One creator's passes with three tiers: a month that can be refunded and moved, a soulbound month, and one that never expires.
abstract contract PassFixture is Base {
    uint256 internal constant PLATFORM_KEY = 0xB0B;
    string internal constant BASE_URL = "https://intaglio.example/pass/";
    uint256 internal constant NOW = 1_800_000_000;
    uint256 internal constant PRICE = 0.02 ether;
    uint256 internal constant WINDOW = 7 days;
    uint256 internal constant MONTH = 30 days;
    uint256 internal constant MOVABLE = 1;
    uint256 internal constant SOULBOUND = 2;
    uint256 internal constant PERPETUAL = 3;
    uint256 internal constant FIRST = 100_000_001;

    address internal creator = vm.addr(0xC0FFEE);
    address internal collector = vm.addr(0xC011EC7);
    address internal other = vm.addr(0x07E7);
    address internal platformOwner = vm.addr(0x0E);
    PassFactory internal factory;
    PassCollection internal passes;

    function setUp() public virtual {
        vm.warp(NOW);
        factory = new PassFactory(platformOwner, vm.addr(PLATFORM_KEY));
        passes = _create("first");
        vm.deal(address(this), 1000 ether);
        vm.deal(collector, 1000 ether);
        vm.deal(other, 1000 ether);
    }

    function _create(bytes32 salt) internal returns (PassCollection) {
        TierTerms[] memory tiers = new TierTerms[](3);
        (tiers[0], tiers[1], tiers[2]) = (_tier(), _tier(), _tier());
        tiers[1].transferable = false;
        tiers[2].duration = 0;
        tiers[2].refundWindow = 0;
        vm.prank(creator);
        return PassCollection(factory.createPasses(salt, BASE_URL, _terms(), tiers));
    }

    function _terms() internal pure returns (CollectionTerms memory) {
        return CollectionTerms({name: "Studio Passes", symbol: "PASS", royaltyBps: 500, payout: address(0)});
    }

    function _tier() internal pure returns (TierTerms memory) {
        return TierTerms({
            price: uint88(PRICE),
            duration: uint32(MONTH),
            refundWindow: uint24(WINDOW),
            cap: 1000,
            transferable: true,
            open: true,
            codec: 0x55,
            image: keccak256("picture"),
            label: "Studio, a month"
        });
    }

    function _buy(uint256 tierId) internal returns (uint256) {
        vm.prank(collector);
        return passes.buy{value: PRICE}(tierId, collector);
    }

    /// The platform's statement about a pass of `passes`, alive for 15 minutes.
    function _statement(uint256 tokenId, address holder) internal view returns (bytes memory) {
        return _signed(PLATFORM_KEY, Refund(tokenId, holder, _deadline()));
    }

    function _deadline() internal view returns (uint64) {
        return uint64(block.timestamp + 900);
    }

    function _signed(uint256 key, Refund memory statement) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, passes.refundDigestOf(statement));
        return abi.encodePacked(r, s, v);
    }

    function _refund(uint256 tokenId, address holder) internal {
        bytes memory statement = _statement(tokenId, holder);
        vm.prank(holder);
        passes.refund(tokenId, _deadline(), statement);
    }

    function _expectRefundRefused(uint256 tokenId, address holder, bytes4 why) internal {
        bytes memory statement = _statement(tokenId, holder);
        vm.prank(holder);
        vm.expectRevert(why);
        passes.refund(tokenId, _deadline(), statement);
    }
}
