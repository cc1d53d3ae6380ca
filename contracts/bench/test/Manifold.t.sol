// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721Creator} from "@manifoldxyz/creator-core-solidity/contracts/ERC721Creator.sol";
import {Peer} from "./Peer.sol";

/// A creator's own contract, called by its creator: no signature. Its later `setTokenURI` is what we set an evolve step beside.
contract ManifoldPeer is Peer {
    function testMintAndSetUri() public {
        ERC721Creator token = new ERC721Creator("Impressions", "IMP");
        token.mintBase(FIRST, URI);
        token.mintBase(SECOND, URI);
        token.mintBase(collector, URI);
        _measured("peer.manifold.fresh", 1);
        token.mintBase(collector, URI);
        _measured("peer.manifold.repeat", 1);
        token.setTokenURI(uint256(1), "ipfs://bafkreidon73zkcrwdb5iafqtijxildoonbwnpv7dyd6ef3qdgads2jc4su");
        _measured("peer.manifold.setUri", 1);
    }
}
