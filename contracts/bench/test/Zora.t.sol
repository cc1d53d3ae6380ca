// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721Drop} from "@zoralabs/nft-drop-contracts/src/ERC721Drop.sol";
import {ERC721DropProxy} from "@zoralabs/nft-drop-contracts/src/ERC721DropProxy.sol";
import {IFactoryUpgradeGate} from "@zoralabs/nft-drop-contracts/src/interfaces/IFactoryUpgradeGate.sol";
import {IMetadataRenderer} from "@zoralabs/nft-drop-contracts/src/interfaces/IMetadataRenderer.sol";
import {ProtocolRewards} from "@zoralabs/protocol-rewards/src/ProtocolRewards.sol";
import {Peer} from "./Peer.sol";

contract NoMetadata {
    function initializeWithData(bytes memory) external {}
}

/// An open edition behind its proxy, with the rewards every mint pays: shared metadata, no signature, no record of a work.
contract ZoraPeer is Peer {
    uint256 private constant REWARD = 0.000777 ether;
    ERC721Drop private drop;

    function setUp() public {
        vm.warp(1_800_000_000);
        address payable creator = payable(vm.addr(1));
        ERC721Drop implementation = new ERC721Drop(
            address(0),
            IFactoryUpgradeGate(address(0)),
            address(0),
            0,
            payable(vm.addr(2)),
            address(new ProtocolRewards())
        );
        IMetadataRenderer renderer = IMetadataRenderer(address(new NoMetadata()));
        bytes memory init = abi.encodeCall(
            ERC721Drop.initialize,
            ("Impressions", "IMP", creator, creator, type(uint64).max, 500, new bytes[](0), renderer, "", address(0))
        );
        drop = ERC721Drop(payable(address(new ERC721DropProxy(address(implementation), init))));
        vm.prank(creator);
        drop.setSaleConfiguration(0, 0, 0, type(uint64).max, 0, 0, 0);
        _mint(FIRST);
        _mint(SECOND);
    }

    function testMintWithRewards() public {
        _mint(collector);
        _measured("peer.zora.fresh", 1);
        _mint(collector);
        _measured("peer.zora.repeat", 1);
    }

    function _mint(address to) private {
        vm.deal(to, REWARD);
        vm.prank(to);
        drop.mintWithRewards{value: REWARD}(to, 1, "", address(0));
    }
}
