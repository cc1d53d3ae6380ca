// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Encode} from "../src/lib/Encode.sol";
import {Evolution, MintRequest, Receipt, VersionTerms, Voucher} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {Fixture} from "./Fixture.sol";

/// The committed vectors (`test/vectors/protocol.json`, written by scripts/write-vectors.ts) hold for the contract: digests as
/// viem computes them, metadata, ids and CIDs byte for byte, and a mint with the signatures of the vectors.
contract VectorsTest is Fixture {
    string private json;
    WorkCollection private placed;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("contracts/test/vectors/protocol.json");
        vm.assertEq(vm.parseJsonUint(json, ".place.chainId"), block.chainid);
        vm.assertEq(vm.parseJsonString(json, ".place.base"), BASE_URL);
        // The vectors' collection: a clone's code put at the vectors' address, then set up by the factory.
        address payable target = payable(vm.parseJsonAddress(json, ".place.collection"));
        vm.etch(target, address(collection).code);
        placed = WorkCollection(target);
        VersionTerms memory terms = _version();
        terms.version = vm.parseJsonBytes32(json, ".manifest.version");
        terms.signer = vm.parseJsonAddress(json, ".signers.version");
        vm.prank(address(factory));
        placed.initialize(creator, BASE_URL, _terms(), terms);
        vm.prank(platformOwner);
        factory.setPlatformSigner(vm.parseJsonAddress(json, ".signers.platform"));
    }

    function testReceiptDigestEqualsViem() public view {
        vm.assertEq(placed.receiptDigestOf(_vectorReceipt()), vm.parseJsonBytes32(json, ".receipt.digest"));
    }

    function testVoucherDigestEqualsViem() public view {
        vm.assertEq(placed.voucherDigestOf(_vectorVoucher()), vm.parseJsonBytes32(json, ".voucher.digest"));
    }

    function testMetadataIdAndUriEqualTheTwin() public view {
        for (uint256 i; i < 3; ++i) {
            string memory path = string.concat(".metadata[", vm.toString(i), "]");
            string memory rendered = placed.renderMetadata(vm.parseJsonBytes(json, string.concat(path, ".record")));
            vm.assertEq(rendered, vm.parseJsonString(json, string.concat(path, ".json")));
            bytes32 id = sha256(bytes(rendered));
            vm.assertEq(id, vm.parseJsonBytes32(json, string.concat(path, ".tokenId")));
            string memory uri = string.concat("ipfs://", string(Encode.cid(0x55, id)));
            vm.assertEq(uri, vm.parseJsonString(json, string.concat(path, ".uri")));
        }
    }

    function testAStepsMetadataEqualsTheTwin() public view {
        bytes memory record = vm.parseJsonBytes(json, ".step.record");
        uint256 token = vm.parseJsonUint(json, ".step.token");
        string memory rendered = placed.renderStep(token, vm.parseJsonBytes32(json, ".step.previous"), record);
        vm.assertEq(rendered, vm.parseJsonString(json, ".step.json"));
        vm.assertEq(sha256(bytes(rendered)), vm.parseJsonBytes32(json, ".step.digest"));
    }

    function testEvolutionDigestEqualsViem() public view {
        Evolution memory value = Evolution({
            token: vm.parseJsonUint(json, ".evolution.value.token"),
            previous: vm.parseJsonBytes32(json, ".evolution.value.previous"),
            receipt: vm.parseJsonBytes32(json, ".evolution.value.receipt"),
            label: vm.parseJsonBytes32(json, ".evolution.value.label"),
            traits: vm.parseJsonBytes32(json, ".evolution.value.traits"),
            codec: uint8(vm.parseJsonUint(json, ".evolution.value.codec")),
            image: vm.parseJsonBytes32(json, ".evolution.value.image"),
            captured: uint64(vm.parseJsonUint(json, ".evolution.value.captured")),
            deadline: uint64(vm.parseJsonUint(json, ".evolution.value.deadline"))
        });
        vm.assertEq(placed.evolutionDigestOf(value), vm.parseJsonBytes32(json, ".evolution.digest"));
    }

    function testVouchersDigestEqualsViem() public view {
        Voucher[] memory items = new Voucher[](2);
        items[0] = _vectorVoucher();
        items[1] = _vectorVoucher();
        items[1].price = 0;
        vm.assertEq(placed.vouchersDigestOf(items), vm.parseJsonBytes32(json, ".vouchers.digest"));
    }

    function testFileCidsEqualTheImporter() public view {
        for (uint256 i; i < 5; ++i) {
            string memory path = string.concat(".files.items[", vm.toString(i), "]");
            uint8 codec = uint8(vm.parseJsonUint(json, string.concat(path, ".codec")));
            bytes32 digest = vm.parseJsonBytes32(json, string.concat(path, ".digest"));
            vm.assertEq(string(Encode.cid(codec, digest)), vm.parseJsonString(json, string.concat(path, ".cid")));
        }
    }

    function testTheVectorsMint() public {
        vm.warp(vm.parseJsonUint(json, ".voucher.value.captured") + 10);
        MintRequest memory request = _vectorRequest();
        uint256 id = placed.mint{value: request.price}(request);
        vm.assertEq(bytes32(id), vm.parseJsonBytes32(json, ".metadata[0].tokenId"));
        vm.assertEq(placed.tokenURI(id), vm.parseJsonString(json, ".metadata[0].uri"));
        vm.assertTrue(placed.verifyRecord(id, request.record));
        vm.assertFalse(placed.verifyRecord(id, vm.parseJsonBytes(json, ".metadata[1].record")));
    }

    function testTheVectorsParameterTextHasItsHash() public view {
        bytes memory text = bytes(vm.parseJsonString(json, ".params.text"));
        vm.assertEq(sha256(text), vm.parseJsonBytes32(json, ".params.paramsHash"));
        bytes memory opened =
            bytes.concat(vm.parseJsonBytes(json, ".prompt.salt"), bytes(vm.parseJsonString(json, ".prompt.prompt")));
        vm.assertEq(sha256(opened), vm.parseJsonBytes32(json, ".prompt.promptHash"));
    }

    function _vectorReceipt() private view returns (Receipt memory receipt) {
        receipt.version = vm.parseJsonBytes32(json, ".receipt.value.version");
        receipt.seed = uint64(vm.parseJsonUint(json, ".receipt.value.seed"));
        receipt.paramsHash = vm.parseJsonBytes32(json, ".receipt.value.paramsHash");
        receipt.promptHash = vm.parseJsonBytes32(json, ".receipt.value.promptHash");
        receipt.content = vm.parseJsonBytes32(json, ".receipt.value.content");
        receipt.parent = vm.parseJsonBytes32(json, ".receipt.value.parent");
    }

    function _vectorVoucher() private view returns (Voucher memory voucher) {
        voucher.receipt = vm.parseJsonBytes32(json, ".voucher.value.receipt");
        voucher.to = vm.parseJsonAddress(json, ".voucher.value.to");
        voucher.price = uint96(vm.parseJsonUint(json, ".voucher.value.price"));
        voucher.captured = uint64(vm.parseJsonUint(json, ".voucher.value.captured"));
        voucher.deadline = uint64(vm.parseJsonUint(json, ".voucher.value.deadline"));
        voucher.label = vm.parseJsonBytes32(json, ".voucher.value.label");
        voucher.traits = vm.parseJsonBytes32(json, ".voucher.value.traits");
        voucher.codec = uint8(vm.parseJsonUint(json, ".voucher.value.codec"));
        voucher.image = vm.parseJsonBytes32(json, ".voucher.value.image");
        voucher.evolve = vm.parseJsonBytes32(json, ".voucher.value.evolve");
    }

    function _vectorRequest() private view returns (MintRequest memory request) {
        request.to = vm.parseJsonAddress(json, ".request.to");
        request.price = vm.parseJsonUint(json, ".request.price");
        request.captured = vm.parseJsonUint(json, ".request.captured");
        request.deadline = vm.parseJsonUint(json, ".request.deadline");
        request.record = vm.parseJsonBytes(json, ".request.record");
        request.receiptSignature = vm.parseJsonBytes(json, ".request.receiptSignature");
        request.voucherSignature = vm.parseJsonBytes(json, ".request.voucherSignature");
    }
}
