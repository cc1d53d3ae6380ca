// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {DropCollection} from "../src/DropCollection.sol";
import {DropFactory} from "../src/DropFactory.sol";
import {Batch, SaleTerms} from "../src/DropTypes.sol";
import {Bounds, CollectionTerms, VersionTerms} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkCollectionFactory} from "../src/WorkCollectionFactory.sol";
import {Base} from "./Base.sol";
import {DropTree} from "./DropTree.sol";

/// A creator with a collection of works and a drop that is not committed yet. Tests commit it, or change one thing first.
abstract contract DropFixture is Base {
    uint256 internal constant VERSION_KEY = 0xA11CE;
    bytes32 internal constant VERSION = keccak256("manifest");
    bytes32 internal constant SALT = keccak256("salt");
    bytes32 internal constant DIRECTORY = keccak256("directory");
    string internal constant BASE_URL = "https://intaglio.example/drop/";
    uint256 internal constant NOW = 1_800_000_000;
    uint40 internal constant OPENS = uint40(NOW + 100);
    uint40 internal constant CLOSES = uint40(NOW + 1000);
    uint96 internal constant PRICE = 0.01 ether;
    uint32 internal constant COUNT = 250;
    uint32 internal constant PER_WALLET = 120;

    address internal creator = vm.addr(0xC0FFEE);
    address internal collector = vm.addr(0xC011EC7);
    WorkCollectionFactory internal workFactory;
    WorkCollection internal works;
    DropFactory internal factory;
    DropCollection internal drop;
    /// Of `COUNT` works. Kept, because fuzzed tests ask for it often.
    bytes32 internal root;

    function setUp() public virtual {
        vm.warp(NOW);
        workFactory = new WorkCollectionFactory(vm.addr(0x0E), vm.addr(0xB0B));
        factory = new DropFactory(workFactory);
        works = _worksOf(creator, vm.addr(VERSION_KEY));
        drop = _createDrop("first");
        root = DropTree.root(_receipts(COUNT));
        vm.deal(address(this), 100 ether);
    }

    function _worksOf(address by, address signer) internal returns (WorkCollection) {
        VersionTerms memory version = VersionTerms(VERSION, signer, Bounds(1000, 0, 0, 0));
        vm.prank(by);
        return WorkCollection(workFactory.createCollection("works", BASE_URL, _terms(), version));
    }

    function _createDrop(bytes32 salt) internal returns (DropCollection) {
        vm.prank(creator);
        return DropCollection(factory.createDrop(salt, BASE_URL, _terms(), address(works)));
    }

    function _terms() internal pure returns (CollectionTerms memory) {
        return CollectionTerms({name: "Plates", symbol: "PLT", royaltyBps: 500, payout: address(0)});
    }

    function _receipts(uint256 count) internal pure returns (bytes32[] memory receipts) {
        receipts = new bytes32[](count);
        for (uint256 i; i < count; ++i) {
            receipts[i] = keccak256(abi.encode("receipt", i));
        }
    }

    function _batch() internal view returns (Batch memory) {
        return Batch(VERSION, root, COUNT);
    }

    function _saleTerms() internal pure returns (SaleTerms memory) {
        return SaleTerms({price: PRICE, opensAt: OPENS, closesAt: CLOSES, maxPerWallet: PER_WALLET});
    }

    function _revealHash() internal pure returns (bytes32) {
        return keccak256(abi.encode(SALT, DIRECTORY));
    }

    function _signatureOf(Batch memory batch) internal view returns (bytes memory) {
        return _signature(VERSION_KEY, drop.batchDigestOf(batch));
    }

    function _signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// The sale is on after this.
    function _open() internal {
        _commit(_saleTerms());
        vm.warp(OPENS);
    }

    function _commit(SaleTerms memory terms) internal {
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        vm.prank(creator);
        drop.commit(batch, _revealHash(), terms, signature);
    }

    function _mint(address to, uint256 quantity) internal {
        drop.mint{value: PRICE * quantity}(to, quantity);
    }

    function _expectCommitRefused(Batch memory batch, bytes memory signature, bytes memory why) internal {
        vm.prank(creator);
        vm.expectRevert(why);
        drop.commit(batch, _revealHash(), _saleTerms(), signature);
    }
}
