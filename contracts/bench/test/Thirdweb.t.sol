// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721SignatureMint} from "@thirdweb-dev/contracts/base/ERC721SignatureMint.sol";
import {ISignatureMintERC721} from "@thirdweb-dev/contracts/extension/interface/ISignatureMintERC721.sol";
import {Peer} from "./Peer.sol";

/// The nearest to ours: a mint that a signature allows. One signature instead of two, a stored URI instead of a rendered record.
contract ThirdwebPeer is Peer {
    uint256 private constant KEY = 0xB0B;
    ERC721SignatureMint private token;

    function setUp() public {
        vm.warp(1_800_000_000);
        token = new ERC721SignatureMint(vm.addr(KEY), "Impressions", "IMP", vm.addr(KEY), 500, vm.addr(KEY));
        _mint(FIRST, "1");
        _mint(SECOND, "2");
    }

    function testMintWithSignature() public {
        _mint(collector, "3");
        _measured("peer.thirdweb.fresh", 1);
        _mint(collector, "4");
        _measured("peer.thirdweb.repeat", 1);
    }

    function _mint(address to, bytes32 uid) private {
        ISignatureMintERC721.MintRequest memory request;
        request.to = to;
        request.uri = URI;
        request.quantity = 1;
        request.validityEndTimestamp = uint128(block.timestamp + 900);
        request.uid = uid;
        bytes memory signature = _signature(request);
        vm.prank(to);
        token.mintWithSignature(request, signature);
    }

    function _signature(ISignatureMintERC721.MintRequest memory request) private view returns (bytes memory) {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _domain(), _hash(request)));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        return abi.encodePacked(r, s, v);
    }

    function _domain() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("SignatureMintERC721"),
                keccak256("1"),
                block.chainid,
                address(token)
            )
        );
    }

    function _hash(ISignatureMintERC721.MintRequest memory request) private pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "MintRequest(address to,address royaltyRecipient,uint256 royaltyBps,address primarySaleRecipient,string uri,uint256 quantity,uint256 pricePerToken,address currency,uint128 validityStartTimestamp,uint128 validityEndTimestamp,bytes32 uid)"
        );
        return keccak256(
            bytes.concat(
                abi.encode(
                    typeHash, request.to, request.royaltyRecipient, request.royaltyBps, request.primarySaleRecipient
                ),
                abi.encode(keccak256(bytes(request.uri)), request.quantity, request.pricePerToken, request.currency),
                abi.encode(request.validityStartTimestamp, request.validityEndTimestamp, request.uid)
            )
        );
    }
}
