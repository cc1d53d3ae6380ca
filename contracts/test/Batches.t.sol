// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Batch, IVersions, SaleTerms} from "../src/DropTypes.sol";
import {DropCollection} from "../src/DropCollection.sol";
import {Batches} from "../src/lib/Batches.sol";
import {Bounds, CollectionTerms, VersionTerms} from "../src/Types.sol";
import {DropFixture} from "./DropFixture.sol";
import {DropTree} from "./DropTree.sol";

/// The tree under a batch beside its plain twin and the committed vectors (`test/vectors/batch.json`).
contract BatchesTest is DropFixture {
    function contains(bytes32 top, uint256 position, bytes32 receipt, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return Batches.contains(top, position, receipt, proof);
    }

    function testFuzzALeafIsTheDoubleHash(uint256 position, bytes32 receipt) public pure {
        vm.assertEq(Batches.leaf(position, receipt), keccak256(bytes.concat(keccak256(abi.encode(position, receipt)))));
    }

    function testFuzzEveryWorkIsFoundWhereItIsAndNowhereElse(uint256 count, uint256 position, uint256 other)
        public
        view
    {
        count = 1 + count % 40;
        (position, other) = (position % count, other % (count + 2));
        bytes32[] memory receipts = _receipts(count);
        bytes32 top = DropTree.root(receipts);
        bytes32[] memory proof = DropTree.proof(receipts, position);
        vm.assertTrue(this.contains(top, position, receipts[position], proof));
        if (other != position) vm.assertFalse(this.contains(top, other, receipts[position], proof));
    }

    /// An inner node shown as a receipt, with the rest of the proof above it, is hashed once more than the node was.
    function testFuzzAnInnerNodeIsNoWork(uint256 position, uint256 claimed) public view {
        bytes32[] memory receipts = _receipts(8);
        position = position % 8;
        bytes32[] memory proof = DropTree.proof(receipts, position);
        bytes32 node = DropTree.pair(Batches.leaf(position, receipts[position]), proof[0]);
        bytes32[] memory rest = new bytes32[](2);
        (rest[0], rest[1]) = (proof[1], proof[2]);
        vm.assertFalse(this.contains(DropTree.root(receipts), claimed, node, rest));
    }

    function testTreesEqualTheVectors() public view {
        string memory json = vm.readFile("contracts/test/vectors/batch.json");
        bytes32[] memory all = vm.parseJsonBytes32Array(json, ".receipts");
        for (uint256 t; t < 8; ++t) {
            string memory tree = string.concat(".trees[", vm.toString(t), "]");
            bytes32[] memory receipts = new bytes32[](vm.parseJsonUint(json, string.concat(tree, ".count")));
            for (uint256 i; i < receipts.length; ++i) {
                receipts[i] = all[i];
            }
            bytes32 top = vm.parseJsonBytes32(json, string.concat(tree, ".root"));
            vm.assertEq(DropTree.root(receipts), top);
            for (uint256 i; i < receipts.length; ++i) {
                string memory path = string.concat(tree, ".proofs[", vm.toString(i), "]");
                bytes32[] memory proof = vm.parseJsonBytes32Array(json, path);
                vm.assertEq(abi.encode(proof), abi.encode(DropTree.proof(receipts, i)));
                vm.assertTrue(this.contains(top, i, receipts[i], proof));
            }
        }
    }

    /// The whole life of a drop with what the twin made: its batch, its signature, its opening, its addresses.
    function testADropLivesByTheVectors() public {
        string memory json = vm.readFile("contracts/test/vectors/batch.json");
        vm.assertEq(vm.parseJsonUint(json, ".place.chainId"), block.chainid);
        _placeDrop(payable(vm.parseJsonAddress(json, ".place.drop")), vm.parseJsonAddress(json, ".signer"));
        Batch memory batch = Batch({
            version: vm.parseJsonBytes32(json, ".batch.value.version"),
            root: vm.parseJsonBytes32(json, ".batch.value.root"),
            count: uint32(vm.parseJsonUint(json, ".batch.value.count"))
        });
        vm.assertEq(drop.batchDigestOf(batch), vm.parseJsonBytes32(json, ".batch.digest"));
        bytes32 salt = vm.parseJsonBytes32(json, ".reveal.salt");
        bytes32 directory = vm.parseJsonBytes32(json, ".reveal.directory");
        bytes32 revealHash = vm.parseJsonBytes32(json, ".reveal.revealHash");
        vm.assertEq(Batches.revealHash(salt, directory), revealHash);
        vm.prank(creator);
        drop.commit(batch, revealHash, SaleTerms(0, 0, CLOSES, 13), vm.parseJsonBytes(json, ".batch.signature"));
        drop.mint(collector, 13);
        drop.reveal(salt, directory);
        vm.assertEq(drop.tokenURI(0), vm.parseJsonString(json, ".reveal.uris[0]"));
        vm.assertEq(drop.tokenURI(12), vm.parseJsonString(json, ".reveal.uris[1]"));
        bytes32[] memory receipts = vm.parseJsonBytes32Array(json, ".receipts");
        bytes32[] memory proof = vm.parseJsonBytes32Array(json, ".trees[7].proofs[12]");
        vm.assertTrue(drop.verifyWork(12, receipts[12], proof));
    }

    /// A clone's code put at the vectors' address, then set up by the factory with works that know the vectors' version.
    function _placeDrop(address payable target, address signer) private {
        string memory json = vm.readFile("contracts/test/vectors/batch.json");
        vm.etch(target, address(drop).code);
        drop = DropCollection(target);
        vm.prank(creator);
        works.addVersion(VersionTerms(vm.parseJsonBytes32(json, ".batch.value.version"), signer, Bounds(13, 0, 0, 0)));
        CollectionTerms memory terms = _terms();
        vm.prank(address(factory));
        drop.initialize(creator, BASE_URL, terms, IVersions(address(works)));
    }
}
