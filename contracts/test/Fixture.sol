// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TypedData} from "../src/lib/TypedData.sol";
import {Bounds, CollectionTerms, MintRequest, Receipt, Record, VersionTerms, Voucher} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkCollectionFactory} from "../src/WorkCollectionFactory.sol";
import {Base} from "./Base.sol";

/// One factory, one creator's collection, and a request that mints. Tests change one thing of it.
abstract contract Fixture is Base {
    uint256 internal constant VERSION_KEY = 0xA11CE;
    uint256 internal constant PLATFORM_KEY = 0xB0B;
    bytes32 internal constant VERSION = keccak256("manifest");
    string internal constant BASE_URL = "https://intaglio.example/work/";
    uint256 internal constant NOW = 1_800_000_000;

    address internal creator = vm.addr(0xC0FFEE);
    address internal collector = vm.addr(0xC011EC7);
    address internal platformOwner = vm.addr(0x0E);
    WorkCollectionFactory internal factory;
    WorkCollection internal collection;

    function setUp() public virtual {
        vm.warp(NOW);
        factory = new WorkCollectionFactory(platformOwner, vm.addr(PLATFORM_KEY));
        collection = _create(creator, "first", _version());
        vm.deal(address(this), 100 ether);
    }

    function _create(address by, bytes32 salt, VersionTerms memory first) internal returns (WorkCollection) {
        vm.prank(by);
        return WorkCollection(factory.createCollection(salt, BASE_URL, _terms(), first));
    }

    function _terms() internal pure returns (CollectionTerms memory) {
        return CollectionTerms({name: "Impressions", symbol: "IMP", royaltyBps: 500, payout: address(0)});
    }

    function _version() internal pure returns (VersionTerms memory) {
        return VersionTerms({
            version: VERSION,
            signer: vm.addr(VERSION_KEY),
            bounds: Bounds({cap: 1000, floorPrice: 0, opensAt: 0, closesAt: 0})
        });
    }

    /// A free mint with 120 bytes of parameters and a 24-byte label; `n` makes it a distinct work.
    function _request(uint256 n) internal view returns (MintRequest memory request) {
        request.version = VERSION;
        request.seed = 0xfedcba9876543210;
        request.promptHash = keccak256(abi.encode("prompt", n));
        request.content = keccak256(abi.encode("content", n));
        request.to = collector;
        request.captured = uint64(NOW - 60);
        request.deadline = uint64(NOW + 900);
        request.codec = 0x55;
        request.image = keccak256(abi.encode("file", n));
        request.params = _params();
        request.label = "A quiet plate, no. 1 / 9";
        _sign(request);
    }

    function _params() internal pure returns (string memory) {
        return '{"complexity":"0.55","guidance":"1.25","height":"1024","palette":"ash","scale":"1","symmetry":"6","time":"0","width":""}';
    }

    /// Signs both structs for `collection`, as they stand.
    function _sign(MintRequest memory request) internal view {
        request.receiptSignature = _signature(VERSION_KEY, collection.receiptDigestOf(_receipt(request)));
        request.voucherSignature = _signature(PLATFORM_KEY, collection.voucherDigestOf(_voucher(request)));
    }

    function _receipt(MintRequest memory request) internal pure returns (Receipt memory) {
        return Receipt({
            version: request.version,
            seed: request.seed,
            paramsHash: sha256(bytes(request.params)),
            promptHash: request.promptHash,
            content: request.content,
            parent: request.parent
        });
    }

    function _voucher(MintRequest memory request) internal view returns (Voucher memory) {
        return Voucher({
            receipt: collection.receiptDigestOf(_receipt(request)),
            to: request.to,
            price: request.price,
            captured: request.captured,
            deadline: request.deadline,
            label: keccak256(bytes(request.label)),
            traits: keccak256(request.traits),
            codec: request.codec,
            image: request.image,
            evolve: keccak256(request.evolve)
        });
    }

    function _signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, bytes32((uint256(v - 27) << 255) | uint256(s))); // EIP-2098
    }

    function _record(MintRequest memory request) internal pure returns (Record memory) {
        return Record(_receipt(request), request.codec, request.image, request.label, request.traits, request.evolve);
    }

    function _expectRefused(MintRequest memory request, bytes4 why) internal {
        _expectRefused(request, abi.encodeWithSelector(why));
    }

    function _expectRefused(MintRequest memory request, bytes memory why) internal {
        vm.expectRevert(why);
        collection.mint{value: request.price}(request);
    }
}
