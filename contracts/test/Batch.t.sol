// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Supply} from "../src/lib/Supply.sol";
import {Bounds, MintRequest, Voucher} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkVersions} from "../src/WorkVersions.sol";
import {Fixture, Work} from "./Fixture.sol";

/// Several works under one signature of the platform.
contract BatchTest is Fixture {
    function testDistinctWorksAreMintedTogether() public {
        (MintRequest[] memory requests, bytes memory signature) = _batch(3);
        uint256[] memory ids = collection.mintBatch(requests, signature);
        vm.assertEq(ids.length, 3);
        for (uint256 i; i < 3; ++i) {
            vm.assertEq(collection.ownerOf(ids[i]), collector);
            vm.assertTrue(collection.verifyRecord(ids[i], requests[i].record));
        }
        vm.assertEq(collection.versionOf(VERSION).minted, 3);
    }

    function testThePricesArePaidTogether() public {
        Work[] memory works = _works(2);
        (works[0].price, works[1].price) = (1 ether, 2 ether);
        (MintRequest[] memory requests, bytes memory signature) = _signed(works);
        vm.expectRevert(abi.encodeWithSelector(WorkCollection.WrongPayment.selector, 3 ether));
        collection.mintBatch{value: 1 ether}(requests, signature);
        collection.mintBatch{value: 3 ether}(requests, signature);
        vm.assertEq(address(collection).balance, 3 ether);
    }

    function testAnEmptyBatchIsRefused() public {
        vm.expectRevert(WorkCollection.NothingToMint.selector);
        collection.mintBatch(new MintRequest[](0), "");
    }

    function testASignatureOfItsOwnIsRefused() public {
        (MintRequest[] memory requests, bytes memory signature) = _batch(2);
        requests[1].voucherSignature = _work(1).voucherSignature;
        vm.expectRevert(WorkCollection.OneSignatureForAll.selector);
        collection.mintBatch(requests, signature);
    }

    function testOneBadReceiptSpoilsAll() public {
        (MintRequest[] memory requests, bytes memory signature) = _batch(3);
        requests[2].receiptSignature[7] ^= 0x01;
        vm.expectRevert(WorkVersions.BadReceiptSignature.selector);
        collection.mintBatch(requests, signature);
        vm.assertEq(collection.versionOf(VERSION).minted, 0);
    }

    function testTheSameWorkTwiceIsRefused() public {
        Work[] memory works = _works(2);
        works[1] = works[0];
        (MintRequest[] memory requests, bytes memory signature) = _signed(works);
        vm.expectRevert();
        collection.mintBatch(requests, signature);
    }

    function testAnotherOrderIsAnotherList() public {
        (MintRequest[] memory requests, bytes memory signature) = _batch(2);
        (requests[0], requests[1]) = (requests[1], requests[0]);
        vm.expectRevert(WorkCollection.BadVoucherSignature.selector);
        collection.mintBatch(requests, signature);
    }

    function testFuzzOneBitOfAVoucherChangedIsRefused(uint8 which, uint8 field, uint8 bit) public {
        (MintRequest[] memory requests, bytes memory signature) = _batch(3);
        MintRequest memory request = requests[which % 3];
        if (field % 3 == 0) request.to = address(uint160(request.to) ^ uint160(1) << (bit % 160));
        if (field % 3 == 1) request.captured ^= uint256(1) << (bit % 64);
        if (field % 3 == 2) request.record[105 + bit % 32] ^= bytes1(uint8(1) << (bit % 8)); // the file's digest
        vm.expectRevert(WorkCollection.BadVoucherSignature.selector);
        collection.mintBatch(requests, signature);
    }

    /// A list of one is not a voucher, nor the other way round.
    function testASignatureServesOneWay() public {
        Work memory work = _work(1);
        MintRequest[] memory requests = new MintRequest[](1);
        requests[0] = _packed(work);
        requests[0].voucherSignature = "";
        vm.expectRevert(WorkCollection.BadVoucherSignature.selector);
        collection.mintBatch(requests, work.voucherSignature);
        (MintRequest[] memory batch, bytes memory signature) = _batch(1);
        batch[0].voucherSignature = signature;
        vm.expectRevert(WorkCollection.BadVoucherSignature.selector);
        collection.mint(batch[0]);
    }

    function testTheCapHoldsAcrossABatch() public {
        vm.prank(creator);
        collection.setBounds(VERSION, Bounds(2, 0, 0, 0));
        (MintRequest[] memory requests, bytes memory signature) = _batch(3);
        vm.expectRevert(Supply.CapReached.selector);
        collection.mintBatch(requests, signature);
    }

    function _works(uint256 count) private view returns (Work[] memory works) {
        works = new Work[](count);
        for (uint256 i; i < count; ++i) {
            works[i] = _work(i + 1);
        }
    }

    function _batch(uint256 count) private view returns (MintRequest[] memory, bytes memory) {
        return _signed(_works(count));
    }

    function _signed(Work[] memory works) private view returns (MintRequest[] memory requests, bytes memory signature) {
        requests = new MintRequest[](works.length);
        Voucher[] memory vouchers = new Voucher[](works.length);
        for (uint256 i; i < works.length; ++i) {
            requests[i] = _packed(works[i]);
            requests[i].voucherSignature = "";
            vouchers[i] = _voucher(works[i]);
        }
        signature = _signature(PLATFORM_KEY, collection.vouchersDigestOf(vouchers));
    }
}
