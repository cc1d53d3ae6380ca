// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {Bounds, MintRequest, Receipt, Record, VersionTerms} from "../src/Types.sol";
import {Metadata} from "../src/lib/Metadata.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {Fixture} from "./Fixture.sol";
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
        MintRequest memory request = _request(1);
        vm.prank(vm.addr(0x5E1A7));
        uint256 id = collection.mint(request);
        vm.assertEq(collection.ownerOf(id), collector);
        vm.assertEq(collection.balanceOf(collector), 1);
        vm.assertEq(collection.versionOf(VERSION).minted, 1);
        vm.assertTrue(collection.verifyRecord(id, _record(request)));
        vm.assertEq(id, uint256(sha256(bytes(collection.renderMetadata(_record(request))))));
    }

    function testSignaturesOf65BytesAreTakenToo() public {
        MintRequest memory request = _request(1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(VERSION_KEY, collection.receiptDigestOf(_receipt(request)));
        request.receiptSignature = abi.encodePacked(r, s, v);
        collection.mint(request);
    }

    function testTheSameRequestMintsOnce() public {
        MintRequest memory request = _request(1);
        collection.mint(request);
        _expectRefused(request, ERC721.TokenAlreadyExists.selector);
    }

    // ---------------------------------------------------------------- one bit changed

    /// Every field either key signed, by index; the rest are the texts bound by hash.
    function testFuzzOneBitChangedIsRefused(uint8 field, uint8 bit) public {
        MintRequest memory request = _request(1);
        request.price = 1 ether;
        request.traits = hex"0750616c6574746503417368";
        _sign(request);
        _flip(request, field % 14, bit);
        vm.deal(address(this), type(uint128).max);
        vm.expectRevert();
        collection.mint{value: request.price}(request);
    }

    /// The same change, signed by the platform alone: a receipt field is the version key's to say.
    function testFuzzThePlatformCannotChangeAReceipt(uint8 field, uint8 bit) public {
        MintRequest memory request = _request(1);
        _flip(request, field % 6, bit);
        request.voucherSignature = _signature(PLATFORM_KEY, collection.voucherDigestOf(_voucher(request)));
        bytes4 why = request.version == VERSION
            ? WorkCollection.BadReceiptSignature.selector
            : WorkCollection.UnknownVersion.selector;
        vm.expectRevert(
            request.version == VERSION ? abi.encodeWithSelector(why) : abi.encodeWithSelector(why, request.version)
        );
        collection.mint(request);
    }

    /// Signed by the version key alone: a voucher field is the platform's to say.
    function testFuzzTheVersionKeyCannotChangeAVoucher(uint8 field, uint8 bit) public {
        MintRequest memory request = _request(1);
        uint256 which = 6 + field % 8;
        vm.assume(which != 7 && which != 9); // price and deadline have errors of their own, tested below
        request.traits = hex"0750616c6574746503417368";
        _sign(request);
        _flip(request, which, bit);
        _expectRefused(request, WorkCollection.BadVoucherSignature.selector);
    }

    function testFuzzOneBitOfASignatureIsRefused(uint16 place, bool ofVoucher) public {
        MintRequest memory request = _request(1);
        bytes memory signature = ofVoucher ? request.voucherSignature : request.receiptSignature;
        signature[place % 512 / 8] ^= bytes1(uint8(1) << uint8(place % 8));
        _expectRefused(
            request,
            ofVoucher ? WorkCollection.BadVoucherSignature.selector : WorkCollection.BadReceiptSignature.selector
        );
    }

    function _flip(MintRequest memory request, uint256 field, uint8 bit) private pure {
        bytes32 one = bytes32(uint256(1) << bit);
        if (field == 0) request.version ^= one;
        if (field == 1) request.seed ^= uint64(1) << (bit % 64);
        if (field == 2) request.promptHash ^= one;
        if (field == 3) request.content ^= one;
        if (field == 4) request.parent ^= one;
        if (field == 5) _flipText(bytes(request.params), bit);
        if (field == 6) request.to = address(uint160(request.to) ^ uint160(1) << (bit % 160));
        if (field == 7) request.price ^= uint96(1) << (bit % 96);
        if (field == 8) request.captured ^= uint64(1) << (bit % 64);
        if (field == 9) request.deadline ^= uint64(1) << (bit % 64);
        if (field == 10) request.codec ^= uint8(1) << (bit % 8);
        if (field == 11) request.image ^= one;
        if (field == 12) _flipText(bytes(request.label), bit);
        if (field == 13) _flipText(request.traits, bit);
    }

    function _flipText(bytes memory text, uint8 bit) private pure {
        text[bit / 8 % text.length] ^= bytes1(uint8(1) << (bit % 8));
    }

    // ---------------------------------------------------------------- replay

    function testAnotherCollectionRefusesTheRequest() public {
        WorkCollection other = _create(creator, "second", _version());
        MintRequest memory request = _request(1);
        vm.expectRevert(WorkCollection.BadReceiptSignature.selector);
        other.mint(request);
    }

    function testAnotherChainRefusesTheRequest() public {
        MintRequest memory request = _request(1);
        vm.chainId(1);
        _expectRefused(request, WorkCollection.BadReceiptSignature.selector);
    }

    // ---------------------------------------------------------------- time, price, cap, revocation

    function testFuzzTheDeadlineIsTheLastSecond(uint32 late) public {
        MintRequest memory request = _request(1);
        vm.warp(uint256(request.deadline) + 1 + late);
        vm.expectRevert(abi.encodeWithSelector(WorkCollection.DeadlinePassed.selector, request.deadline));
        collection.mint(request);
        vm.warp(request.deadline);
        collection.mint(request);
    }

    function testFuzzThePriceIsSentExactly(uint64 price, uint64 sent) public {
        MintRequest memory request = _request(1);
        request.price = price;
        _sign(request);
        vm.deal(address(this), type(uint128).max);
        if (sent != price) vm.expectRevert(abi.encodeWithSelector(WorkCollection.WrongPayment.selector, price));
        collection.mint{value: sent}(request);
    }

    function testFuzzNoPriceBelowTheFloor(uint96 floorPrice, uint64 price) public {
        _setBounds(Bounds(1000, floorPrice, 0, 0));
        MintRequest memory request = _request(1);
        request.price = price;
        _sign(request);
        vm.deal(address(this), type(uint128).max);
        if (price < floorPrice) {
            vm.expectRevert(abi.encodeWithSelector(WorkCollection.PriceBelowFloor.selector, price, floorPrice));
        }
        collection.mint{value: price}(request);
    }

    function testFuzzMintsOnlyInsideTheWindow(uint32 opens, uint32 length, uint32 moment) public {
        uint48 opensAt = uint48(NOW) + opens;
        uint48 closesAt = opensAt + 1 + length;
        _setBounds(Bounds(1000, 0, opensAt, closesAt));
        MintRequest memory request = _request(1);
        uint256 when = NOW + moment;
        request.deadline = uint64(when);
        _sign(request);
        vm.warp(when);
        if (when < opensAt || when >= closesAt) vm.expectRevert(WorkCollection.MintClosed.selector);
        collection.mint(request);
    }

    function testTheCapHolds() public {
        _setBounds(Bounds(2, 0, 0, 0));
        collection.mint(_request(1));
        collection.mint(_request(2));
        _expectRefused(_request(3), WorkCollection.CapReached.selector);
    }

    /// After the revocation only what was captured before it mints.
    function testFuzzARevokedVersionMintsOnlyEarlierRuns(uint32 captured, uint32 revoked) public {
        uint40 revokedAt = uint40(revoked) + 1;
        vm.assume(revokedAt <= NOW);
        MintRequest memory request = _request(1);
        request.captured = captured;
        _sign(request);
        vm.prank(creator);
        collection.revokeVersion(VERSION, revokedAt);
        if (captured >= revokedAt) {
            vm.expectRevert(abi.encodeWithSelector(WorkCollection.VersionRevokedBefore.selector, revokedAt));
        }
        collection.mint(request);
    }

    function testChangingThePlatformKeyVoidsItsVouchers() public {
        MintRequest memory request = _request(1);
        vm.prank(platformOwner);
        factory.setPlatformSigner(address(0));
        _expectRefused(request, WorkCollection.BadVoucherSignature.selector);
        vm.prank(platformOwner);
        factory.setPlatformSigner(vm.addr(0xDEAD));
        _expectRefused(request, WorkCollection.BadVoucherSignature.selector);
        request.voucherSignature = _signature(0xDEAD, collection.voucherDigestOf(_voucher(request)));
        collection.mint(request);
    }

    /// A broken signature recovers to nobody, and nobody must never be the signer.
    function testNoPlatformKeyMeansNoVoucherNotEvenABrokenOne() public {
        MintRequest memory request = _request(1);
        vm.prank(platformOwner);
        factory.setPlatformSigner(address(0));
        request.voucherSignature = "";
        _expectRefused(request, WorkCollection.BadVoucherSignature.selector);
        request.voucherSignature = new bytes(64);
        _expectRefused(request, WorkCollection.BadVoucherSignature.selector);
        Receipt memory receipt = _receipt(request);
        receipt.version = "nobody's";
        vm.assertFalse(collection.verify(abi.encodePacked(receipt.promptHash), abi.encode(receipt), new bytes(64)));
    }

    function testTheExactBounds() public {
        uint48 closesAt = uint48(NOW) + 10;
        _setBounds(Bounds(1000, 5, uint48(NOW), closesAt));
        MintRequest memory request = _request(1);
        request.price = 4;
        _sign(request);
        _expectRefused(request, abi.encodeWithSelector(WorkCollection.PriceBelowFloor.selector, 4, 5));
        request.price = 5;
        _sign(request);
        vm.warp(closesAt);
        _expectRefused(request, WorkCollection.MintClosed.selector);
        vm.warp(NOW - 1);
        _expectRefused(request, WorkCollection.MintClosed.selector);
        vm.warp(NOW);
        collection.mint{value: 5}(request);
        vm.prank(creator);
        collection.revokeVersion(VERSION, uint40(NOW - 60));
        request = _request(2);
        request.price = 5;
        request.captured = uint64(NOW - 60);
        _sign(request);
        _expectRefused(request, abi.encodeWithSelector(WorkCollection.VersionRevokedBefore.selector, NOW - 60));
        request.captured = uint64(NOW - 61);
        _sign(request);
        collection.mint{value: 5}(request);
    }

    // ---------------------------------------------------------------- texts

    function testFuzzNoLabelLeavesItsString(bytes memory label) public {
        MintRequest memory request = _request(1);
        request.label = string(label);
        _sign(request);
        try collection.mint(request) {
            for (uint256 i; i < label.length; ++i) {
                vm.assertTrue(label[i] != '"' && label[i] != "\\" && uint8(label[i]) >= 0x20 && label[i] != 0x7f);
            }
        } catch (bytes memory why) {
            vm.assertTrue(bytes4(why) == Metadata.BadLabel.selector);
        }
    }

    function testALabelHas1To128Bytes() public {
        MintRequest memory request = _request(1);
        request.label = "";
        _sign(request);
        _expectRefused(request, Metadata.BadLabel.selector);
        request.label = string(new bytes(129));
        for (uint256 i; i < 129; ++i) {
            bytes(request.label)[i] = "x";
        }
        _sign(request);
        _expectRefused(request, Metadata.BadLabel.selector);
    }

    function testFuzzOnlyRawAndDagPbAreCodecs(uint8 codec) public {
        MintRequest memory request = _request(1);
        request.codec = codec;
        _sign(request);
        if (codec != 0x55 && codec != 0x70) vm.expectRevert(abi.encodeWithSelector(Metadata.BadCodec.selector, codec));
        collection.mint(request);
    }

    function testEvolveTermsAreRefusedByName() public {
        MintRequest memory request = _request(1);
        request.evolve = hex"00";
        _sign(request);
        _expectRefused(request, WorkCollection.EvolveNotSupported.selector);
        Record memory record = _record(request);
        vm.expectRevert(WorkCollection.EvolveNotSupported.selector);
        collection.renderMetadata(record);
    }

    // ---------------------------------------------------------------- signers, events

    function testAVersionKeyMayBeAContract() public {
        VersionTerms memory terms = _version();
        terms.signer = address(new ContractSigner(vm.addr(VERSION_KEY)));
        collection = _create(creator, "contract signer", terms);
        MintRequest memory request = _request(1);
        collection.mint(request);
        request = _request(2);
        request.receiptSignature[5] ^= 0x01;
        _expectRefused(request, WorkCollection.BadReceiptSignature.selector);
    }

    /// Metadata, parameters and proof come back from the two events alone.
    function testTheRecordIsRebuiltFromLogs() public {
        MintRequest memory request = _request(1);
        request.traits = hex"0750616c6574746503417368";
        _sign(request);
        vm.recordLogs();
        uint256 id = collection.mint(request);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Record memory record;
        uint64 captured;
        string memory params;
        vm.assertEq(uint256(logs[1].topics[1]), id);
        vm.assertEq(logs[1].topics[2], request.content);
        (captured, record.codec, record.image, record.label, record.traits, params) =
            abi.decode(logs[1].data, (uint64, uint8, bytes32, string, bytes, string));
        vm.assertEq(uint256(logs[2].topics[1]), id);
        vm.assertEq(logs[2].topics[2], keccak256(abi.encodePacked(request.promptHash)));
        (bytes memory aigcData, bytes memory proof) = abi.decode(logs[2].data, (bytes, bytes));
        record.receipt = abi.decode(aigcData, (Receipt));
        vm.assertTrue(collection.verifyRecord(id, record));
        vm.assertEq(captured, request.captured);
        vm.assertEq(sha256(bytes(params)), record.receipt.paramsHash);
        vm.assertTrue(collection.verify(abi.encodePacked(request.promptHash), aigcData, proof));
        vm.assertFalse(collection.verify(abi.encodePacked(~request.promptHash), aigcData, proof));
        proof[3] ^= 0x10;
        vm.assertFalse(collection.verify(abi.encodePacked(request.promptHash), aigcData, proof));
        vm.assertFalse(collection.verify("", "", ""));
    }

    function _setBounds(Bounds memory bounds) private {
        vm.prank(creator);
        collection.setBounds(VERSION, bounds);
    }
}
