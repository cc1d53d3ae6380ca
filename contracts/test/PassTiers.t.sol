// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {FactoryMade} from "../src/FactoryMade.sol";
import {IERC5643} from "../src/interfaces/IERC5643.sol";
import {PassCollection} from "../src/PassCollection.sol";
import {PassTiers} from "../src/PassTiers.sol";
import {Tier, TierLook, TierTerms} from "../src/PassTypes.sol";
import {PassFixture} from "./PassFixture.sol";

/// What a creator can do with their passes, and what nobody else can.
contract PassTiersTest is PassFixture {
    function testFuzzATierIsWhatTheCreatorSaid(
        uint88 price,
        uint24 cap,
        bool transferable,
        bool open,
        bool paged,
        bytes32 image
    ) public {
        TierTerms memory terms = _tier();
        (terms.price, terms.cap, terms.transferable, terms.open, terms.image) =
        (price, cap == 0 ? 1 : cap, transferable, open, image);
        if (paged) terms.codec = 0x70;
        _add(terms);
        Tier memory tier = passes.tierOf(4);
        TierLook memory look = passes.lookOf(4);
        vm.assertEq(tier.price, price);
        vm.assertEq(tier.duration, MONTH);
        vm.assertEq(tier.refundWindow, WINDOW);
        vm.assertEq(tier.cap, terms.cap);
        vm.assertTrue(tier.transferable == transferable && tier.open == open);
        vm.assertEq(uint256(tier.sold) + tier.issued + tier.revision, 0);
        vm.assertEq(look.codec, terms.codec);
        vm.assertEq(look.image, image);
        vm.assertEq(look.label, terms.label);
    }

    function testTermsUpToTheirBoundsAreTaken() public {
        TierTerms memory terms = _tier();
        (terms.duration, terms.refundWindow) = (14 days, 14 days);
        terms.label = string(_letters(128));
        _add(terms);
        (terms.duration, terms.label) = (0, "x");
        _add(terms);
        (terms.duration, terms.refundWindow) = (1, 1);
        _add(terms);
        vm.assertEq(passes.tierCount(), 6);
    }

    function testTermsPastTheirBoundsAreRefused() public {
        TierTerms memory terms = _tier();
        terms.cap = 0;
        _expectBad(terms);
        terms = _tier();
        terms.refundWindow = 14 days + 1;
        _expectBad(terms);
        terms = _tier();
        (terms.duration, terms.refundWindow) = (3 days, 3 days + 1);
        _expectBad(terms);
        terms = _tier();
        (terms.duration, terms.refundWindow) = (0, 14 days + 1);
        _expectBad(terms);
        terms = _tier();
        terms.codec = 0x71;
        _expectBad(terms);
        terms = _tier();
        terms.label = "";
        _expectBad(terms);
        terms.label = string(_letters(129));
        _expectBad(terms);
        terms.label = 'A "month"';
        _expectBad(terms);
    }

    function testThereAreAtMost32Tiers() public {
        for (uint256 n = 4; n <= 32; ++n) {
            _add(_tier());
        }
        vm.prank(creator);
        vm.expectRevert(PassTiers.TooManyTiers.selector);
        passes.addTier(_tier());
    }

    /// Price and openness change, and nothing else with them.
    function testFuzzASaleChangesNothingABuyerWasTold(uint88 price, bool open) public {
        uint256 tokenId = _buy(MOVABLE);
        Tier memory before = passes.tierOf(MOVABLE);
        vm.prank(creator);
        passes.setSale(MOVABLE, price, open);
        Tier memory tier = passes.tierOf(MOVABLE);
        vm.assertTrue(tier.price == price && tier.open == open);
        vm.assertEq(tier.revision, price == PRICE ? 0 : 1);
        (tier.price, tier.open, tier.revision) = (before.price, before.open, before.revision);
        vm.assertEq(keccak256(abi.encode(tier)), keccak256(abi.encode(before)));
        (, uint256 amount) = passes.refundOf(tokenId);
        vm.assertEq(amount, PRICE);
    }

    function testFuzzTheCapOnlyGoesDownToWhatIsSold(uint24 cap) public {
        _buy(MOVABLE);
        _buy(MOVABLE);
        bool good = cap >= 2 && cap < 1000;
        vm.prank(creator);
        if (!good) vm.expectRevert(PassTiers.BadCap.selector);
        passes.lowerCap(MOVABLE, cap);
        vm.assertEq(passes.tierOf(MOVABLE).cap, good ? cap : 1000);
    }

    function testATierThatIsNotThereHasNoTerms() public {
        uint256[2] memory none = [uint256(0), 4];
        for (uint256 i; i < none.length; ++i) {
            bytes memory why = abi.encodeWithSelector(PassTiers.UnknownTier.selector, none[i]);
            vm.expectRevert(why);
            passes.tierOf(none[i]);
            vm.expectRevert(why);
            passes.lookOf(none[i]);
            vm.prank(creator);
            vm.expectRevert(why);
            passes.setSale(none[i], 1, true);
            vm.prank(creator);
            vm.expectRevert(why);
            passes.lowerCap(none[i], 1);
        }
    }

    function testFuzzNobodyElseDecides(address who) public {
        vm.assume(who != creator);
        vm.prank(who);
        vm.expectRevert(Ownable.Unauthorized.selector);
        passes.addTier(_tier());
        vm.prank(who);
        vm.expectRevert(Ownable.Unauthorized.selector);
        passes.setSale(MOVABLE, 1, false);
        vm.prank(who);
        vm.expectRevert(Ownable.Unauthorized.selector);
        passes.lowerCap(MOVABLE, 1);
        vm.prank(who);
        vm.expectRevert(Ownable.Unauthorized.selector);
        passes.withdraw(who);
    }

    function testFuzzPassesStandWhereTheyWerePredicted(address by, bytes32 salt) public {
        vm.assume(by != address(0));
        address predicted = factory.predictCollection(by, salt, BASE_URL);
        vm.prank(by);
        address made = factory.createPasses(salt, BASE_URL, _terms(), new TierTerms[](0));
        vm.assertEq(made, predicted);
        vm.assertTrue(factory.isCollection(made));
        vm.assertEq(PassCollection(payable(made)).owner(), by);
        vm.assertEq(PassCollection(payable(made)).tierCount(), 0);
    }

    function testNobodySetsUpPassesAgain() public {
        TierTerms[] memory tiers = new TierTerms[](0);
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        passes.initialize(address(this), BASE_URL, _terms(), tiers);
        vm.prank(address(factory));
        vm.expectRevert(Ownable.AlreadyInitialized.selector);
        passes.initialize(address(this), BASE_URL, _terms(), tiers);
        PassCollection implementation = PassCollection(payable(factory.implementation()));
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        implementation.initialize(address(this), BASE_URL, _terms(), tiers);
    }

    function testInterfaces() public view {
        vm.assertTrue(type(IERC5643).interfaceId == bytes4(0x8c65f84d));
        bytes4[6] memory claimed =
            [bytes4(0x01ffc9a7), 0x80ac58cd, 0x5b5e139f, 0x2a55205a, 0x49064906, type(IERC5643).interfaceId];
        for (uint256 i; i < claimed.length; ++i) {
            vm.assertTrue(passes.supportsInterface(claimed[i]));
        }
        vm.assertFalse(passes.supportsInterface(0xffffffff));
        vm.assertFalse(passes.supportsInterface(0xb45a3c0e)); // ERC-5192: asks for an event at every mint
    }

    function testNamesTheDomain() public view {
        (, string memory name, string memory version, uint256 chain, address where,,) = passes.eip712Domain();
        vm.assertEq(name, "Intaglio");
        vm.assertEq(version, "1");
        vm.assertEq(chain, block.chainid);
        vm.assertEq(where, address(passes));
        vm.assertEq(passes.name(), "Studio Passes");
        vm.assertEq(passes.symbol(), "PASS");
        (address receiver, uint256 amount) = passes.royaltyInfo(FIRST, 1 ether);
        vm.assertEq(receiver, address(passes));
        vm.assertEq(amount, 0.05 ether);
    }

    function _add(TierTerms memory terms) private {
        vm.prank(creator);
        passes.addTier(terms);
    }

    function _expectBad(TierTerms memory terms) private {
        vm.prank(creator);
        vm.expectRevert(PassTiers.BadTier.selector);
        passes.addTier(terms);
    }

    function _letters(uint256 n) private pure returns (bytes memory text) {
        text = new bytes(n);
        for (uint256 i; i < n; ++i) {
            text[i] = "x";
        }
    }
}
