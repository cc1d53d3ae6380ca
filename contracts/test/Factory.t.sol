// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {CreatorCollection} from "../src/CreatorCollection.sol";
import {FactoryMade} from "../src/FactoryMade.sol";
import {Bounds, CollectionTerms, VersionTerms} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkVersions} from "../src/WorkVersions.sol";
import {WorkCollectionFactory} from "../src/WorkCollectionFactory.sol";
import {Fixture} from "./Fixture.sol";

contract FactoryTest is Fixture {
    function testFuzzACollectionStandsWhereItWasPredicted(address by, bytes32 salt) public {
        vm.assume(by != address(0));
        address predicted = factory.predictCollection(by, salt, BASE_URL);
        vm.assertFalse(factory.isCollection(predicted));
        WorkCollection made = _create(by, salt, _version());
        vm.assertEq(address(made), predicted);
        vm.assertTrue(factory.isCollection(predicted));
        vm.assertEq(made.owner(), by);
        vm.assertEq(made.versionOf(VERSION).signer, vm.addr(VERSION_KEY));
    }

    /// Name, bounds and key are not part of the address: it is known before they are.
    function testFuzzTheAddressDependsOnCreatorSaltAndBaseAlone(address a, address b, bytes32 x, bytes32 y)
        public
        view
    {
        vm.assume(a != b && x != y);
        address one = factory.predictCollection(a, x, BASE_URL);
        vm.assertTrue(one != factory.predictCollection(b, x, BASE_URL));
        vm.assertTrue(one != factory.predictCollection(a, y, BASE_URL));
        vm.assertTrue(one != factory.predictCollection(a, x, "https://other.example/"));
    }

    function testNobodyTakesAnothersAddress() public {
        address predicted = factory.predictCollection(collector, "salt", BASE_URL);
        vm.assertTrue(address(_create(creator, "salt", _version())) != predicted);
        vm.assertEq(address(_create(collector, "salt", _version())), predicted);
    }

    function testASaltServesOnce() public {
        CollectionTerms memory terms = _terms();
        vm.prank(creator);
        vm.expectRevert();
        factory.createCollection("first", BASE_URL, terms, _version());
    }

    function testBadTermsCreateNothing() public {
        string[4] memory bases = ["", 'https://x/"', "https://x/\\", "https://x/\n"];
        for (uint256 i; i < bases.length; ++i) {
            vm.expectRevert(CreatorCollection.BadBase.selector);
            factory.createCollection("bad", bases[i], _terms(), _version());
        }
        vm.expectRevert(CreatorCollection.BadBase.selector);
        factory.createCollection("bad", string(new bytes(201)), _terms(), _version());
        CollectionTerms memory terms = _terms();
        terms.name = 'A "name"';
        _expectBad(terms, _version(), CreatorCollection.BadName.selector);
        terms = _terms();
        terms.symbol = "";
        _expectBad(terms, _version(), CreatorCollection.BadName.selector);
        VersionTerms memory first = _version();
        first.bounds = Bounds(0, 0, 0, 0);
        _expectBad(_terms(), first, WorkVersions.BadBounds.selector);
        terms = _terms();
        terms.royaltyBps = 1001;
        _expectBad(terms, _version(), CreatorCollection.BadRoyalty.selector);
        first = _version();
        first.signer = address(0);
        _expectBad(_terms(), first, WorkVersions.BadVersion.selector);
        vm.assertFalse(factory.isCollection(factory.predictCollection(address(this), "bad", BASE_URL)));
    }

    function testOnlyThePlatformRotatesItsKey() public {
        vm.expectRevert(Ownable.Unauthorized.selector);
        factory.setPlatformSigner(vm.addr(7));
        vm.prank(platformOwner);
        factory.setPlatformSigner(vm.addr(7));
        vm.assertEq(factory.platformSigner(), vm.addr(7));
        vm.assertEq(collection.platformSigner(), vm.addr(7));
        WorkCollection implementation = WorkCollection(payable(factory.implementation()));
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        implementation.setPlatformSigner(vm.addr(8));
        vm.prank(address(factory));
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        collection.setPlatformSigner(vm.addr(8));
        vm.prank(platformOwner);
        vm.expectRevert(Ownable.Unauthorized.selector);
        factory.renounceOwnership();
    }

    function _expectBad(CollectionTerms memory terms, VersionTerms memory first, bytes4 why) private {
        vm.expectRevert(why);
        factory.createCollection("bad", BASE_URL, terms, first);
    }
}
