// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {ERC721} from "solady/tokens/ERC721.sol";
import {IERC7007} from "../src/interfaces/IERC7007.sol";
import {CreatorCollection} from "../src/CreatorCollection.sol";
import {FactoryMade} from "../src/FactoryMade.sol";
import {Bounds, CollectionTerms, VersionTerms} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkVersions} from "../src/WorkVersions.sol";
import {Fixture, Work} from "./Fixture.sol";

contract Token {
    mapping(address => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}

/// What a creator can do with their collection, and what nobody else can.
contract CreatorTest is Fixture {
    Bounds private bounds = Bounds(10, 0, 0, 0);

    function testVersionsAreOnlyAdded() public {
        _asCreator();
        collection.addVersion(VersionTerms("next", vm.addr(7), bounds));
        vm.assertEq(collection.versionOf("next").signer, vm.addr(7));
        vm.assertEq(collection.versionCount(), 2);
        _asCreator();
        vm.expectRevert(abi.encodeWithSelector(WorkVersions.VersionExists.selector, bytes32("next")));
        collection.addVersion(VersionTerms("next", vm.addr(8), bounds));
        _asCreator();
        vm.expectRevert(WorkVersions.BadVersion.selector);
        collection.addVersion(VersionTerms("zero", address(0), bounds));
        _asCreator();
        vm.expectRevert(WorkVersions.BadVersion.selector);
        collection.addVersion(VersionTerms(0, vm.addr(7), bounds));
    }

    function testThereAreAtMost256Versions() public {
        for (uint256 n = 2; n <= 256; ++n) {
            _asCreator();
            collection.addVersion(VersionTerms(bytes32(n), vm.addr(7), bounds));
        }
        _asCreator();
        vm.expectRevert(WorkVersions.TooManyVersions.selector);
        collection.addVersion(VersionTerms("one more", vm.addr(7), bounds));
    }

    function testFuzzARevocationOnlyMovesEarlier(uint40 first, uint40 second) public {
        vm.assume(first > 0 && first <= NOW);
        _asCreator();
        collection.revokeVersion(VERSION, first);
        _asCreator();
        if (second == 0 || second >= first) vm.expectRevert(WorkVersions.BadVersion.selector);
        collection.revokeVersion(VERSION, second);
    }

    function testARevocationNeedsAKnownVersionAndAPastSecond() public {
        _asCreator();
        vm.expectRevert(WorkVersions.BadVersion.selector);
        collection.revokeVersion(VERSION, uint40(NOW + 1));
        _asCreator();
        vm.expectRevert(abi.encodeWithSelector(WorkVersions.UnknownVersion.selector, bytes32("none")));
        collection.revokeVersion("none", uint40(NOW));
    }

    function testFuzzTheCapOnlyGoesDownAndNeverBelowWhatIsMinted(uint24 first, uint24 second) public {
        _asCreator();
        collection.addVersion(VersionTerms("capped", vm.addr(7), Bounds(first == 0 ? 1 : first, 1, 2, 3)));
        _asCreator();
        if (second == 0 || second > (first == 0 ? 1 : first)) vm.expectRevert(WorkVersions.BadBounds.selector);
        collection.setBounds("capped", Bounds(second, 0, 0, 0));
    }

    function testBoundsNeverCutBelowTheSupply() public {
        collection.mint(_packed(_work(1)));
        collection.mint(_packed(_work(2)));
        _asCreator();
        vm.expectRevert(WorkVersions.BadBounds.selector);
        collection.setBounds(VERSION, Bounds(1, 0, 0, 0));
        _asCreator();
        vm.expectRevert(WorkVersions.BadBounds.selector);
        collection.setBounds(VERSION, Bounds(2, 0, 5, 5));
        _asCreator();
        collection.setBounds(VERSION, Bounds(2, 7, 5, 6));
        Bounds memory now_ = collection.boundsOf(VERSION);
        vm.assertEq(abi.encode(now_), abi.encode(Bounds(2, 7, 5, 6)));
        vm.assertEq(collection.versionOf(VERSION).minted, 2);
    }

    function testPricesAndRoyaltiesWaitForTheCreator() public {
        Work memory work = _work(1);
        work.price = 2 ether;
        _sign(work);
        collection.mint{value: 2 ether}(_packed(work));
        (bool paid,) = address(collection).call{value: 1 ether}("");
        vm.assertTrue(paid);
        _asCreator();
        collection.withdraw(vm.addr(9));
        vm.assertEq(vm.addr(9).balance, 3 ether);
        Token token = new Token();
        token.mint(address(collection), 5);
        _asCreator();
        collection.withdrawToken(address(token), vm.addr(9));
        vm.assertEq(token.balanceOf(vm.addr(9)), 5);
    }

    function testFuzzRoyaltyIsAtMostTenPercentAndPaidToTheCollection(uint16 bps, uint128 price) public {
        _asCreator();
        if (bps > 1000) {
            vm.expectRevert(CreatorCollection.BadRoyalty.selector);
            collection.setRoyalty(bps);
            return;
        }
        collection.setRoyalty(bps);
        (address receiver, uint256 amount) = collection.royaltyInfo(1, price);
        vm.assertEq(receiver, address(collection));
        vm.assertEq(amount, uint256(price) * bps / 10_000);
    }

    function testContractUriIsRenderedUntilTheCreatorSetsOne() public {
        string memory rendered = collection.contractURI();
        vm.assertEq(_head(rendered, 29), "data:application/json;base64,");
        _asCreator();
        collection.setContractURI("ipfs://mine");
        vm.assertEq(collection.contractURI(), "ipfs://mine");
        _asCreator();
        collection.setContractURI("");
        vm.assertEq(collection.contractURI(), rendered);
    }

    function testFuzzNobodyElseDecides(address who) public {
        vm.assume(who != creator);
        bytes[7] memory calls = [
            abi.encodeCall(collection.addVersion, (VersionTerms("x", vm.addr(7), bounds))),
            abi.encodeCall(collection.revokeVersion, (VERSION, uint40(1))),
            abi.encodeCall(collection.setBounds, (VERSION, bounds)),
            abi.encodeCall(collection.setRoyalty, (1)),
            abi.encodeCall(collection.setContractURI, ("x")),
            abi.encodeCall(collection.withdraw, (who)),
            abi.encodeCall(collection.withdrawToken, (address(1), who))
        ];
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(who);
            (bool ok, bytes memory why) = address(collection).call(calls[i]);
            vm.assertTrue(!ok && bytes4(why) == Ownable.Unauthorized.selector);
        }
    }

    function testACollectionIsNeverWithoutAnOwner() public {
        _asCreator();
        vm.expectRevert(Ownable.Unauthorized.selector);
        collection.renounceOwnership();
        _handOver(collection, vm.addr(9));
        vm.assertEq(collection.owner(), vm.addr(9));
    }

    /// A collection that registers somebody's model under a stranger's key would otherwise be made to look like theirs.
    function testFuzzNobodyIsMadeTheOwnerWithoutHavingAsked(address who) public {
        vm.assume(who != creator);
        _asCreator();
        vm.expectRevert(Ownable.NoHandoverRequest.selector);
        collection.transferOwnership(who);
        _asCreator();
        vm.expectRevert(Ownable.NoHandoverRequest.selector);
        collection.completeOwnershipHandover(who);
        vm.prank(who);
        vm.expectRevert(Ownable.Unauthorized.selector);
        collection.transferOwnership(who);
        vm.assertEq(collection.owner(), creator);
    }

    function testNobodySetsUpACollectionAgain() public {
        CollectionTerms memory terms = _terms();
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        collection.initialize(address(this), BASE_URL, terms, _version());
        vm.prank(address(factory));
        vm.expectRevert(Ownable.AlreadyInitialized.selector);
        collection.initialize(address(this), BASE_URL, terms, _version());
        WorkCollection implementation = WorkCollection(payable(factory.implementation()));
        vm.expectRevert(FactoryMade.OnlyFactory.selector);
        implementation.initialize(address(this), BASE_URL, terms, _version());
    }

    function testInterfaces() public view {
        vm.assertTrue(type(IERC7007).interfaceId == bytes4(0x702c55a6));
        bytes4[6] memory claimed = [bytes4(0x01ffc9a7), 0x80ac58cd, 0x5b5e139f, 0x2a55205a, 0x49064906, 0x702c55a6];
        for (uint256 i; i < claimed.length; ++i) {
            vm.assertTrue(collection.supportsInterface(claimed[i]));
        }
        vm.assertFalse(collection.supportsInterface(0xffffffff));
    }

    function testNamesTheDomain() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chain, address where,,) =
            collection.eip712Domain();
        vm.assertTrue(fields == 0x0f);
        vm.assertEq(name, "Intaglio");
        vm.assertEq(version, "1");
        vm.assertEq(chain, block.chainid);
        vm.assertEq(where, address(collection));
        vm.assertEq(collection.name(), "Impressions");
        vm.assertEq(collection.symbol(), "IMP");
        vm.assertEq(collection.externalUrlBase(), BASE_URL);
    }

    function testAigcDataIsSetAtMintAndNeverAfter() public {
        vm.expectRevert(WorkCollection.AigcDataIsSetAtMint.selector);
        collection.addAigcData(1, "", "", "");
    }

    function testATokenThatIsNotThereHasNoUri() public {
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        collection.tokenURI(1);
        vm.assertFalse(collection.verifyRecord(1, _record(_work(1))));
    }

    function _asCreator() private {
        vm.prank(creator);
    }

    function _head(string memory text, uint256 n) private pure returns (string memory) {
        bytes memory out = new bytes(n);
        for (uint256 i; i < n; ++i) {
            out[i] = bytes(text)[i];
        }
        return string(out);
    }
}
