// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC7007} from "../src/interfaces/IERC7007.sol";
import {Bounds, MintRequest, Receipt, VersionTerms} from "../src/Types.sol";
import {EvolveTerms} from "../src/lib/EvolveTerms.sol";
import {Metadata} from "../src/lib/Metadata.sol";
import {Supply} from "../src/lib/Supply.sol";
import {Records} from "../src/lib/Records.sol";
import {Minted} from "../src/lib/WorkLogs.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkEvolution} from "../src/WorkEvolution.sol";
import {WorkVersions} from "../src/WorkVersions.sol";
import {Fixture, Work} from "./Fixture.sol";
import {Vm} from "./Base.sol";

/// Accepts whatever was signed by one key, and answers as ERC-1271 asks.
contract ContractSigner {
    address private immutable KEY;

    constructor(address key) {
        KEY = key;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        (bytes32 r, bytes32 vs) = abi.decode(signature, (bytes32, bytes32));
        address who = ecrecover(digest, uint8(uint256(vs) >> 255) + 27, r, bytes32(uint256(vs) << 1 >> 1));
        return who == KEY ? this.isValidSignature.selector : bytes4(0);
    }
}

contract MintTest is Fixture {
    function testMintsToTheVouchersAccountWhoeverSends() public {
        Work memory work = _work(1);
        vm.prank(vm.addr(0x5E1A7));
        uint256 id = collection.mint(_packed(work));
        vm.assertEq(collection.ownerOf(id), collector);
        vm.assertEq(collection.balanceOf(collector), 1);
        vm.assertEq(collection.versionOf(VERSION).minted, 1);
        vm.assertTrue(collection.verifyRecord(id, _record(work)));
        vm.assertEq(id, uint256(sha256(bytes(collection.renderMetadata(_record(work))))));
    }

    function testSignaturesOf65BytesAreTakenToo() public {
        Work memory work = _work(1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(VERSION_KEY, collection.receiptDigestOf(_receipt(work)));
        work.receiptSignature = abi.encodePacked(r, s, v);
        collection.mint(_packed(work));
    }

    function testTheSameRequestMintsOnce() public {
        Work memory work = _work(1);
        collection.mint(_packed(work));
        _expectRefused(work, _alreadyMinted(work));
    }

    // ---------------------------------------------------------------- one bit changed

    /// Every field either key signed, by index; the rest are the texts bound by hash.
    function testFuzzOneBitChangedIsRefused(uint8 field, uint8 bit) public {
        Work memory work = _work(1);
        work.price = 1 ether;
        work.traits = TRAITS;
        _sign(work);
        _flip(work, field % 14, bit);
        vm.deal(address(this), type(uint128).max);
        vm.expectRevert();
        collection.mint{value: work.price}(_packed(work));
    }

    /// The same change, signed by the platform alone: a receipt field is the version key's to say.
    function testFuzzThePlatformCannotChangeAReceipt(uint8 field, uint8 bit) public {
        Work memory work = _work(1);
        _flip(work, field % 6, bit);
        work.voucherSignature = _signature(PLATFORM_KEY, collection.voucherDigestOf(_voucher(work)));
        bytes4 why =
            work.version == VERSION ? WorkVersions.BadReceiptSignature.selector : WorkVersions.UnknownVersion.selector;
        vm.expectRevert(
            work.version == VERSION ? abi.encodeWithSelector(why) : abi.encodeWithSelector(why, work.version)
        );
        collection.mint(_packed(work));
    }

    /// Signed by the version key alone: a voucher field is the platform's to say.
    function testFuzzTheVersionKeyCannotChangeAVoucher(uint8 field, uint8 bit) public {
        Work memory work = _work(1);
        uint256 which = 6 + field % 8;
        vm.assume(which != 7 && which != 9); // price and deadline have errors of their own, tested below
        work.traits = TRAITS;
        _sign(work);
        _flip(work, which, bit);
        MintRequest memory request = _packed(work);
        (bool minted, bytes memory why) = address(collection).call(abi.encodeCall(collection.mint, (request)));
        vm.assertFalse(minted);
        vm.assertTrue(_isAboutTheVoucher(bytes4(why)), "an honest reason");
    }

    /// The platform's signature is checked last, so a change that is no longer metadata is refused as that.
    function _isAboutTheVoucher(bytes4 why) private pure returns (bool) {
        return why == WorkCollection.BadVoucherSignature.selector || why == Metadata.BadCodec.selector
            || why == Metadata.BadLabel.selector || why == Metadata.BadTraits.selector
            || why == Records.BadRecord.selector || why == EvolveTerms.BadTerms.selector;
    }

    function testFuzzOneBitOfASignatureIsRefused(uint16 place, bool ofVoucher) public {
        Work memory work = _work(1);
        bytes memory signature = ofVoucher ? work.voucherSignature : work.receiptSignature;
        signature[place % 512 / 8] ^= bytes1(uint8(1) << uint8(place % 8));
        _expectRefused(
            work, ofVoucher ? WorkCollection.BadVoucherSignature.selector : WorkVersions.BadReceiptSignature.selector
        );
    }

    function _flip(Work memory work, uint256 field, uint8 bit) private pure {
        bytes32 one = bytes32(uint256(1) << bit);
        if (field == 0) work.version ^= one;
        if (field == 1) work.seed ^= uint64(1) << (bit % 64);
        if (field == 2) work.promptHash ^= one;
        if (field == 3) work.content ^= one;
        if (field == 4) work.parent ^= one;
        if (field == 5) _flipText(bytes(work.params), bit);
        if (field == 6) work.to = address(uint160(work.to) ^ uint160(1) << (bit % 160));
        if (field == 7) work.price ^= uint96(1) << (bit % 96);
        if (field == 8) work.captured ^= uint64(1) << (bit % 64);
        if (field == 9) work.deadline ^= uint64(1) << (bit % 64);
        if (field == 10) work.codec ^= uint8(1) << (bit % 8);
        if (field == 11) work.image ^= one;
        if (field == 12) work.evolve ^= bytes29(uint232(1) << (bit % 232));
        if (field == 13) _flipText(bit < 128 ? bytes(work.label) : work.traits, bit);
    }

    function _flipText(bytes memory text, uint8 bit) private pure {
        text[bit / 8 % text.length] ^= bytes1(uint8(1) << (bit % 8));
    }

    // ---------------------------------------------------------------- replay

    function testAnotherCollectionRefusesTheRequest() public {
        WorkCollection other = _create(creator, "second", _version());
        Work memory work = _work(1);
        vm.expectRevert(WorkVersions.BadReceiptSignature.selector);
        other.mint(_packed(work));
    }

    function testAnotherChainRefusesTheRequest() public {
        Work memory work = _work(1);
        vm.chainId(1);
        _expectRefused(work, WorkVersions.BadReceiptSignature.selector);
    }

    // ---------------------------------------------------------------- time, price, cap, revocation

    function testFuzzTheDeadlineIsTheLastSecond(uint32 late) public {
        Work memory work = _work(1);
        vm.warp(uint256(work.deadline) + 1 + late);
        vm.expectRevert(abi.encodeWithSelector(WorkEvolution.DeadlinePassed.selector, uint256(work.deadline)));
        collection.mint(_packed(work));
        vm.warp(work.deadline);
        collection.mint(_packed(work));
    }

    function testFuzzThePriceIsSentExactly(uint64 price, uint64 sent) public {
        Work memory work = _work(1);
        work.price = price;
        _sign(work);
        vm.deal(address(this), type(uint128).max);
        if (sent != price) vm.expectRevert(abi.encodeWithSelector(WorkCollection.WrongPayment.selector, price));
        collection.mint{value: sent}(_packed(work));
    }

    function testFuzzNoPriceBelowTheFloor(uint96 floorPrice, uint64 price) public {
        _setBounds(Bounds(1000, floorPrice, 0, 0));
        Work memory work = _work(1);
        work.price = price;
        _sign(work);
        vm.deal(address(this), type(uint128).max);
        if (price < floorPrice) {
            vm.expectRevert(abi.encodeWithSelector(WorkVersions.PriceBelowFloor.selector, price, floorPrice));
        }
        collection.mint{value: price}(_packed(work));
    }

    function testFuzzMintsOnlyInsideTheWindow(uint32 opens, uint32 length, uint32 moment) public {
        uint48 opensAt = uint48(NOW) + opens;
        uint48 closesAt = opensAt + 1 + length;
        _setBounds(Bounds(1000, 0, opensAt, closesAt));
        Work memory work = _work(1);
        uint256 when = NOW + moment;
        work.deadline = uint64(when);
        _sign(work);
        vm.warp(when);
        if (when < opensAt || when >= closesAt) vm.expectRevert(WorkVersions.MintClosed.selector);
        collection.mint(_packed(work));
    }

    function testTheCapHolds() public {
        _setBounds(Bounds(2, 0, 0, 0));
        collection.mint(_packed(_work(1)));
        collection.mint(_packed(_work(2)));
        _expectRefused(_work(3), Supply.CapReached.selector);
    }

    /// After the revocation only what was captured before it mints.
    function testFuzzARevokedVersionMintsOnlyEarlierRuns(uint32 captured, uint32 revoked) public {
        uint40 revokedAt = uint40(revoked) + 1;
        vm.assume(revokedAt <= NOW);
        Work memory work = _work(1);
        work.captured = captured;
        _sign(work);
        vm.prank(creator);
        collection.revokeVersion(VERSION, revokedAt);
        if (captured >= revokedAt) {
            vm.expectRevert(abi.encodeWithSelector(WorkVersions.VersionRevokedBefore.selector, revokedAt));
        }
        collection.mint(_packed(work));
    }

    function testChangingThePlatformKeyVoidsItsVouchers() public {
        Work memory work = _work(1);
        vm.prank(platformOwner);
        factory.setPlatformSigner(address(0));
        _expectRefused(work, WorkCollection.BadVoucherSignature.selector);
        vm.prank(platformOwner);
        factory.setPlatformSigner(vm.addr(0xDEAD));
        _expectRefused(work, WorkCollection.BadVoucherSignature.selector);
        work.voucherSignature = _signature(0xDEAD, collection.voucherDigestOf(_voucher(work)));
        collection.mint(_packed(work));
    }

    /// A broken signature recovers to nobody, and nobody must never be the signer.
    function testNoPlatformKeyMeansNoVoucherNotEvenABrokenOne() public {
        Work memory work = _work(1);
        vm.prank(platformOwner);
        factory.setPlatformSigner(address(0));
        work.voucherSignature = "";
        _expectRefused(work, WorkCollection.BadVoucherSignature.selector);
        work.voucherSignature = new bytes(64);
        _expectRefused(work, WorkCollection.BadVoucherSignature.selector);
        work.version = "nobody's";
        vm.assertFalse(collection.verify(abi.encodePacked(work.promptHash), _record(work), new bytes(64)));
    }

    function testTheExactBounds() public {
        uint48 closesAt = uint48(NOW) + 10;
        _setBounds(Bounds(1000, 5, uint48(NOW), closesAt));
        Work memory work = _work(1);
        work.price = 4;
        _sign(work);
        _expectRefused(work, abi.encodeWithSelector(WorkVersions.PriceBelowFloor.selector, 4, 5));
        work.price = 5;
        _sign(work);
        vm.warp(closesAt);
        _expectRefused(work, WorkVersions.MintClosed.selector);
        vm.warp(NOW - 1);
        _expectRefused(work, WorkVersions.MintClosed.selector);
        vm.warp(NOW);
        collection.mint{value: 5}(_packed(work));
        vm.prank(creator);
        collection.revokeVersion(VERSION, uint40(NOW - 60));
        work = _work(2);
        work.price = 5;
        work.captured = uint64(NOW - 60);
        _sign(work);
        _expectRefused(work, abi.encodeWithSelector(WorkVersions.VersionRevokedBefore.selector, NOW - 60));
        work.captured = uint64(NOW - 61);
        _sign(work);
        collection.mint{value: 5}(_packed(work));
    }

    // ---------------------------------------------------------------- texts

    function testFuzzNoLabelLeavesItsString(bytes memory label) public {
        Work memory work = _work(1);
        work.label = string(label);
        _sign(work);
        try collection.mint(_packed(work)) {
            for (uint256 i; i < label.length; ++i) {
                vm.assertTrue(label[i] != '"' && label[i] != "\\" && uint8(label[i]) >= 0x20 && label[i] != 0x7f);
            }
        } catch (bytes memory why) {
            vm.assertTrue(bytes4(why) == Metadata.BadLabel.selector);
        }
    }

    function testALabelHas1To128Bytes() public {
        Work memory work = _work(1);
        work.label = "";
        _sign(work);
        _expectRefused(work, Metadata.BadLabel.selector);
        bytes memory label = new bytes(129);
        for (uint256 i; i < 129; ++i) {
            label[i] = "x";
        }
        work.label = string(label);
        _sign(work);
        _expectRefused(work, Metadata.BadLabel.selector);
    }

    function testFuzzOnlyRawAndDagPbAreCodecs(uint8 codec) public {
        Work memory work = _work(1);
        work.codec = codec;
        _sign(work);
        if (codec != 0x55 && codec != 0x70) vm.expectRevert(abi.encodeWithSelector(Metadata.BadCodec.selector, codec));
        collection.mint(_packed(work));
    }

    function testFuzzUnknownEvolveTermsAreRefused(bytes29 terms) public {
        Work memory work = _work(1);
        work.evolve = terms;
        _sign(work);
        uint8 by = uint8(terms[0]);
        if (terms != 0 && by != 1 && by != 2) vm.expectRevert(EvolveTerms.BadTerms.selector);
        collection.mint(_packed(work));
    }

    /// Cut anywhere before its parameters, or with a length that points behind its end, a record is refused.
    function testFuzzARecordThatEndsEarlyIsRefused(uint16 size, uint16 textsLength) public {
        MintRequest memory request = _packed(_work(1));
        bytes memory record = request.record;
        request.record = _slice(record, 0, size % (record.length - bytes(_params()).length));
        vm.expectRevert(Records.BadRecord.selector);
        collection.mint(request);
        vm.assume(textsLength > record.length - 140);
        request.record = bytes.concat(_slice(record, 0, 138), bytes2(textsLength), _slice(record, 140, record.length));
        vm.expectRevert(Records.BadRecord.selector);
        collection.mint(request);
    }

    function testFuzzUnknownFlagsAreRefused(uint8 flags) public {
        vm.assume(flags > 3);
        MintRequest memory request = _packed(_work(1));
        request.record[137] = bytes1(flags);
        vm.expectRevert(Records.BadRecord.selector);
        collection.mint(request);
    }

    function testALabelLongerThanTheTextsIsRefused() public {
        MintRequest memory request = _packed(_work(1));
        request.record[140] = bytes1(uint8(bytes(LABEL).length + 1));
        vm.expectRevert(Records.BadRecord.selector);
        collection.mint(request);
    }

    // ---------------------------------------------------------------- signers, events

    function testAVersionKeyMayBeAContract() public {
        VersionTerms memory terms = _version();
        terms.signer = address(new ContractSigner(vm.addr(VERSION_KEY)));
        collection = _create(creator, "contract signer", terms);
        Work memory work = _work(1);
        collection.mint(_packed(work));
        work = _work(2);
        work.receiptSignature[5] ^= 0x01;
        _expectRefused(work, WorkVersions.BadReceiptSignature.selector);
    }

    /// Metadata, parameters and proof come back from the two events alone.
    function testTheRecordIsRebuiltFromLogs() public {
        Work memory work = _work(1);
        work.traits = TRAITS;
        _sign(work);
        vm.recordLogs();
        uint256 id = collection.mint(_packed(work));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 3);
        vm.assertEq(logs[1].topics[0], Minted.selector);
        vm.assertEq(logs[1].topics[1], work.content);
        vm.assertEq(abi.decode(logs[1].data, (uint256)), id);
        vm.assertEq(logs[2].topics[0], IERC7007.AigcData.selector);
        vm.assertEq(uint256(logs[2].topics[1]), id);
        vm.assertEq(logs[2].topics[2], keccak256(abi.encodePacked(work.promptHash)));
        (bytes memory aigcData, bytes memory proof) = abi.decode(logs[2].data, (bytes, bytes));
        vm.assertEq(aigcData, _record(work));
        vm.assertTrue(collection.verifyRecord(id, aigcData));
        vm.assertTrue(collection.verify(abi.encodePacked(work.promptHash), aigcData, proof));
        vm.assertFalse(collection.verify(abi.encodePacked(~work.promptHash), aigcData, proof));
        proof[3] ^= 0x10;
        vm.assertFalse(collection.verify(abi.encodePacked(work.promptHash), aigcData, proof));
        vm.expectRevert(Records.BadRecord.selector);
        collection.verify("", "", "");
    }

    function _alreadyMinted(Work memory work) private view returns (bytes memory) {
        uint256 id = uint256(sha256(bytes(collection.renderMetadata(_record(work)))));
        return abi.encodeWithSelector(WorkCollection.AlreadyMinted.selector, id);
    }

    function _setBounds(Bounds memory bounds) private {
        vm.prank(creator);
        collection.setBounds(VERSION, bounds);
    }
}
