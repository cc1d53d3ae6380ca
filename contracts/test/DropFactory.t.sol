// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {CreatorCollection} from "../src/CreatorCollection.sol";
import {DropCollection} from "../src/DropCollection.sol";
import {DropFactory} from "../src/DropFactory.sol";
import {IVersions} from "../src/DropTypes.sol";
import {FactoryMade} from "../src/FactoryMade.sol";
import {CollectionTerms} from "../src/Types.sol";
import {DropFixture} from "./DropFixture.sol";

/// Not made by the factory, though it says it is the creator's.
contract FalseWorks {
    address public owner;

    constructor(address owner_) {
        owner = owner_;
    }
}

/// Who makes a drop, where it stands, and which standards it answers to.
contract DropFactoryTest is DropFixture {
    function testFuzzADropStandsWhereItWasPredicted(bytes32 salt) public {
        vm.assume(salt != "first");
        address predicted = factory.predictCollection(creator, salt, BASE_URL);
        vm.assertFalse(factory.isCollection(predicted));
        vm.assertEq(address(_createDrop(salt)), predicted);
        vm.assertTrue(factory.isCollection(predicted));
        vm.assertEq(address(factory.WORK_FACTORY()), address(workFactory));
    }

    function testFuzzOnlyWorksOfTheCallerServe(address stranger) public {
        vm.assume(stranger != creator);
        _expectRefused(stranger, address(works));
    }

    function testWorksOfAnotherFactoryDoNotServe() public {
        _expectRefused(creator, address(new FalseWorks(creator)));
        _expectRefused(creator, address(0));
        _expectRefused(creator, address(drop));
    }

    function testWhoTakesTheWorksOverMakesTheDrops() public {
        _handOver(works, collector);
        _expectRefused(creator, address(works));
        vm.prank(collector);
        DropCollection made = DropCollection(factory.createDrop("theirs", BASE_URL, _terms(), address(works)));
        vm.assertEq(made.owner(), collector);
    }

    function testOnlyTheFactorySetsADropUpAndOnce() public {
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        drop.initialize(address(this), BASE_URL, _terms(), IVersions(address(works)));
        vm.prank(address(factory));
        vm.expectRevert(Ownable.AlreadyInitialized.selector);
        drop.initialize(address(this), BASE_URL, _terms(), IVersions(address(works)));
        DropCollection implementation = DropCollection(payable(factory.implementation()));
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        implementation.initialize(address(this), BASE_URL, _terms(), IVersions(address(works)));
    }

    function testBadTermsCreateNothing() public {
        CollectionTerms memory terms = _terms();
        terms.name = 'A "name"';
        vm.prank(creator);
        vm.expectRevert(CreatorCollection.BadName.selector);
        factory.createDrop("bad", BASE_URL, terms, address(works));
    }

    function testADropHasItsOwnNameRoyaltyAndDomain() public view {
        vm.assertEq(drop.name(), "Plates");
        vm.assertEq(drop.symbol(), "PLT");
        (address receiver, uint256 amount) = drop.royaltyInfo(0, 1 ether);
        vm.assertEq(receiver, address(drop));
        vm.assertEq(amount, 0.05 ether);
        vm.assertTrue(bytes(drop.contractURI()).length > 0);
        (, string memory name, string memory version, uint256 chain, address contract_,,) = drop.eip712Domain();
        vm.assertEq(name, "Intaglio");
        vm.assertEq(version, "1");
        vm.assertEq(chain, block.chainid);
        vm.assertEq(contract_, address(drop));
    }

    function testInterfaceIds() public view {
        vm.assertTrue(drop.supportsInterface(0x01ffc9a7)); // ERC-165
        vm.assertTrue(drop.supportsInterface(0x80ac58cd)); // ERC-721
        vm.assertTrue(drop.supportsInterface(0x5b5e139f)); // ERC-721 metadata
        vm.assertTrue(drop.supportsInterface(0x2a55205a)); // ERC-2981
        vm.assertTrue(drop.supportsInterface(0x49064906)); // ERC-4906
        vm.assertFalse(drop.supportsInterface(0xffffffff));
        // ERC-7572 and EIP-5267 have no id of their own: what a caller looks for is the function.
        vm.assertTrue(CreatorCollection.contractURI.selector == 0xe8a3d485);
        vm.assertTrue(EIP712.eip712Domain.selector == 0x84b0196e);
    }

    function _expectRefused(address by, address works_) private {
        vm.prank(by);
        vm.expectRevert(abi.encodeWithSelector(DropFactory.NotYourWorks.selector, works_));
        factory.createDrop("refused", BASE_URL, _terms(), works_);
    }
}
