// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {DropCollection} from "../src/DropCollection.sol";
import {DropSale} from "../src/DropSale.sol";
import {Batch, SaleTerms} from "../src/DropTypes.sol";
import {Signatures} from "../src/lib/Signatures.sol";
import {Bounds, VersionTerms} from "../src/Types.sol";
import {Vm} from "./Base.sol";
import {DropFixture} from "./DropFixture.sol";

/// A contract as version key: accepts one signature.
contract ContractKey {
    function isValidSignature(bytes32, bytes calldata signature) external pure returns (bytes4) {
        return keccak256(signature) == keccak256("by contract") ? bytes4(0x1626ba7e) : bytes4(0);
    }
}

/// What is fixed before a sale, by whom, and with whose signature.
contract DropCommitTest is DropFixture {
    function testACommitFixesWorksAndSale() public {
        _commit(_saleTerms());
        vm.assertEq(abi.encode(drop.batch()), abi.encode(_batch()));
        vm.assertEq(abi.encode(drop.sale()), abi.encode(DropSale.Sale(PRICE, OPENS, CLOSES, PER_WALLET, COUNT)));
        vm.assertEq(drop.revealHash(), _revealHash());
        vm.assertEq(address(drop.works()), address(works));
        vm.assertEq(drop.directory(), bytes32(0));
    }

    function testTheLogCarriesTheSignedBatch() public {
        vm.recordLogs();
        _commit(_saleTerms());
        Vm.Log memory log = vm.getRecordedLogs()[0];
        Batch memory batch = _batch();
        vm.assertEq(log.topics[0], DropCollection.BatchCommitted.selector);
        vm.assertEq(log.topics[1], batch.version);
        vm.assertEq(log.topics[2], bytes32(uint256(uint160(vm.addr(VERSION_KEY)))));
        vm.assertEq(log.data, abi.encode(batch.root, batch.count, _revealHash(), _signatureOf(batch)));
    }

    function testADropIsCommittedOnce() public {
        _commit(_saleTerms());
        Batch memory batch = _batch();
        _expectCommitRefused(batch, _signatureOf(batch), _error(DropCollection.AlreadyCommitted.selector));
    }

    function testFuzzOnlyTheOwnerCommits(address stranger) public {
        vm.assume(stranger != creator);
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        vm.prank(stranger);
        vm.expectRevert(Ownable.Unauthorized.selector);
        drop.commit(batch, _revealHash(), _saleTerms(), signature);
    }

    function testFuzzARevokedVersionCommitsNothing(uint40 revokedAt) public {
        revokedAt = uint40(1 + revokedAt % NOW);
        vm.prank(creator);
        works.revokeVersion(VERSION, revokedAt);
        Batch memory batch = _batch();
        _expectCommitRefused(batch, _signatureOf(batch), _notActive(VERSION));
    }

    function testARevocationAfterTheCommitChangesNothing() public {
        _open();
        vm.prank(creator);
        works.revokeVersion(VERSION, uint40(NOW));
        _mint(collector, 1);
        vm.assertEq(drop.ownerOf(0), collector);
    }

    /// An unknown version has no key (zero), and zero is what a broken signature recovers to.
    function testFuzzAnUnknownVersionCommitsNothing(bytes32 version) public {
        vm.assume(version != VERSION);
        _expectCommitRefused(Batch(version, "root", COUNT), "", _notActive(version));
    }

    function isSigner(address signer, bytes32 digest, bytes calldata signature) external view returns (bool) {
        return Signatures.isSigner(signer, digest, signature);
    }

    function testFuzzNobodySignsNothing(bytes32 digest, bytes calldata signature) public view {
        vm.assertFalse(this.isSigner(address(0), digest, signature));
    }

    function testFuzzOneChangedBitOfTheBatchIsRefused(uint256 field, uint8 bit) public {
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        uint256 mask = uint256(1) << bit;
        field = field % 3;
        if (field == 0) batch.version ^= bytes32(mask);
        else if (field == 1) batch.root ^= bytes32(mask);
        else batch.count ^= uint32(1) << (bit % 32);
        bytes memory why = field == 0 ? _notActive(batch.version) : _error(DropCollection.BadBatchSignature.selector);
        _expectCommitRefused(batch, signature, why);
    }

    /// Both versions are active here, so nothing but the signature tells them apart.
    function testABatchOfOneVersionIsNotOneOfAnother() public {
        vm.prank(creator);
        works.addVersion(VersionTerms("another", vm.addr(VERSION_KEY), Bounds(1000, 0, 0, 0)));
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        batch.version = "another";
        _expectCommitRefused(batch, signature, _error(DropCollection.BadBatchSignature.selector));
    }

    function testFuzzAStrangersSignatureIsRefused(uint256 key) public {
        key = 1 + key % (type(uint128).max);
        vm.assume(key != VERSION_KEY);
        Batch memory batch = _batch();
        bytes memory signature = _signature(key, drop.batchDigestOf(batch));
        _expectCommitRefused(batch, signature, _error(DropCollection.BadBatchSignature.selector));
    }

    function testAnotherDropRefusesTheBatch() public {
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        drop = _createDrop("second");
        _expectCommitRefused(batch, signature, _error(DropCollection.BadBatchSignature.selector));
    }

    function testAnotherChainRefusesTheBatch() public {
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        vm.chainId(block.chainid + 1);
        _expectCommitRefused(batch, signature, _error(DropCollection.BadBatchSignature.selector));
    }

    function testAContractCanBeTheVersionsKey() public {
        address owner = vm.addr(0xDEC0DE);
        creator = owner;
        works = _worksOf(owner, address(new ContractKey()));
        drop = _createDrop("contract");
        _expectCommitRefused(_batch(), "by somebody", _error(DropCollection.BadBatchSignature.selector));
        vm.prank(owner);
        drop.commit(_batch(), _revealHash(), _saleTerms(), "by contract");
        vm.assertEq(drop.batch().count, COUNT);
    }

    function testFuzzASaleEndsAndBeginsBefore(uint40 opensAt, uint40 closesAt, uint256 spread) public {
        // Half of the cases around the edges.
        if (spread % 2 == 0) (opensAt, closesAt) = (uint40(NOW - 2 + opensAt % 5), uint40(NOW - 2 + closesAt % 5));
        SaleTerms memory terms = SaleTerms(PRICE, opensAt, closesAt, PER_WALLET);
        _tryTerms(terms, closesAt > NOW && opensAt < closesAt);
    }

    function testAnAccountMayBuyAtLeastOne() public {
        _tryTerms(SaleTerms(PRICE, OPENS, CLOSES, 0), false);
        _tryTerms(SaleTerms(PRICE, OPENS, CLOSES, 1), true);
    }

    function testABatchHasAWork() public {
        Batch memory batch = Batch(VERSION, "root", 0);
        _expectCommitRefused(batch, _signatureOf(batch), _error(DropSale.BadSale.selector));
    }

    function _tryTerms(SaleTerms memory terms, bool good) private {
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        vm.prank(creator);
        if (!good) vm.expectRevert(DropSale.BadSale.selector);
        drop.commit(batch, _revealHash(), terms, signature);
        vm.assertEq(drop.batch().count, good ? COUNT : 0);
    }

    function _notActive(bytes32 version) private pure returns (bytes memory) {
        return abi.encodeWithSelector(DropCollection.VersionNotActive.selector, version);
    }

    function _error(bytes4 selector) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector);
    }
}
