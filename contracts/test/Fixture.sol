// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TypedData} from "../src/lib/TypedData.sol";
import {Bounds, CollectionTerms, MintRequest, Receipt, VersionTerms, Voucher} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkCollectionFactory} from "../src/WorkCollectionFactory.sol";
import {Base} from "./Base.sol";

/// Everything a mint brings, one by one.
struct Work {
    bytes32 version;
    uint64 seed;
    string params;
    bytes32 promptHash;
    bytes32 content;
    bytes32 parent;
    address to;
    uint96 price;
    uint64 captured;
    uint64 deadline;
    string label;
    bytes traits;
    uint8 codec;
    bytes32 image;
    bytes29 evolve;
    bytes receiptSignature;
    bytes voucherSignature;
}

/// One factory, one creator's collection, and a work that mints. Tests change one thing of it.
abstract contract Fixture is Base {
    uint256 internal constant VERSION_KEY = 0xA11CE;
    uint256 internal constant PLATFORM_KEY = 0xB0B;
    bytes32 internal constant VERSION = keccak256("manifest");
    string internal constant BASE_URL = "https://intaglio.example/work/";
    string internal constant LABEL = "A quiet plate, no. 1 / 9";
    bytes internal constant TRAITS = hex"0750616c6574746503417368"; // Palette: Ash
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
    function _work(uint256 n) internal view returns (Work memory work) {
        work.version = VERSION;
        work.seed = 0xfedcba9876543210;
        work.promptHash = keccak256(abi.encode("prompt", n));
        work.content = keccak256(abi.encode("content", n));
        work.to = collector;
        work.captured = uint64(NOW - 60);
        work.deadline = uint64(NOW + 900);
        work.codec = 0x55;
        work.image = keccak256(abi.encode("file", n));
        work.params = _params();
        work.label = LABEL;
        _sign(work);
    }

    function _params() internal pure returns (string memory) {
        return '{"complexity":"0.55","guidance":"1.25","height":"1024","palette":"ash","scale":"1","symmetry":"6","time":"0","width":""}';
    }

    /// Signs both structs for `collection`, as they stand.
    function _sign(Work memory work) internal view {
        work.receiptSignature = _signature(VERSION_KEY, collection.receiptDigestOf(_receipt(work)));
        work.voucherSignature = _signature(PLATFORM_KEY, collection.voucherDigestOf(_voucher(work)));
    }

    function _receipt(Work memory work) internal pure returns (Receipt memory) {
        return Receipt({
            version: work.version,
            seed: work.seed,
            paramsHash: sha256(bytes(work.params)),
            promptHash: work.promptHash,
            content: work.content,
            parent: work.parent
        });
    }

    function _voucher(Work memory work) internal view returns (Voucher memory) {
        return Voucher({
            receipt: collection.receiptDigestOf(_receipt(work)),
            to: work.to,
            price: work.price,
            captured: work.captured,
            deadline: work.deadline,
            label: keccak256(bytes(work.label)),
            traits: keccak256(work.traits),
            codec: work.codec,
            image: work.image,
            evolve: work.evolve == 0 ? keccak256("") : keccak256(abi.encodePacked(work.evolve))
        });
    }

    function _signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, bytes32((uint256(v - 27) << 255) | uint256(s))); // EIP-2098
    }

    function _slice(bytes memory data, uint256 start, uint256 end) internal pure returns (bytes memory part) {
        part = new bytes(end - start);
        for (uint256 i; i < part.length; ++i) {
            part[i] = data[start + i];
        }
    }

    /// The plain twin of lib/Records.sol.
    function _record(Work memory work) internal pure returns (bytes memory) {
        return bytes.concat(_recordHead(work), bytes(work.params));
    }

    function _recordHead(Work memory work) internal pure returns (bytes memory) {
        bytes memory parent = work.parent == 0 ? bytes("") : abi.encodePacked(work.parent);
        bytes memory terms = work.evolve == 0 ? bytes("") : abi.encodePacked(work.evolve);
        uint8 flags = (work.parent == 0 ? 0 : 1) | (work.evolve == 0 ? 0 : 2);
        bytes memory texts = abi.encodePacked(uint8(bytes(work.label).length), work.label, work.traits);
        return abi.encodePacked(
            abi.encodePacked(work.version, work.seed, work.promptHash, work.content, work.codec, work.image),
            abi.encodePacked(flags, parent, terms, uint16(texts.length), texts)
        );
    }

    function _packed(Work memory work) internal pure returns (MintRequest memory) {
        return MintRequest({
            to: work.to,
            price: work.price,
            captured: work.captured,
            deadline: work.deadline,
            record: _record(work),
            receiptSignature: work.receiptSignature,
            voucherSignature: work.voucherSignature
        });
    }

    function _expectRefused(Work memory work, bytes4 why) internal {
        _expectRefused(work, abi.encodeWithSelector(why));
    }

    function _expectRefused(Work memory work, bytes memory why) internal {
        vm.expectRevert(why);
        collection.mint{value: work.price}(_packed(work));
    }
}
